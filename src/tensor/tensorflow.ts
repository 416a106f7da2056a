import { PaperError } from '../engine/paper-error.ts';

export type Tensorflow = typeof import('@tensorflow/tfjs-node');

let loading: Promise<Tensorflow> | undefined;

/**
 * TensorFlow with its native backend, loaded on first use: importing it takes half a second, and only the
 * processes that compute should pay for it. Thread counts come from the environment, before the process starts.
 *
 * @throws BackendMissing when the native library does not load
 */
export const loadTensorflow = (): Promise<Tensorflow> => {
  loading ??= import('@tensorflow/tfjs-node').then(
    async (loaded) => {
      const tf = ('default' in loaded ? loaded.default : loaded) as Tensorflow;
      await tf.ready();
      return tf;
    },
    (cause: Error) => {
      throw new PaperError(
        'BackendMissing',
        `TensorFlow's native library does not load: ${cause.message.split('\n')[0]}`,
        {
          hint: 'run `node scripts/setup.mjs`, which provides it.',
          cause,
        },
      );
    },
  );
  return loading;
};

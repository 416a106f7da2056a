import { fileURLToPath } from 'node:url';
import { PaperError } from '../engine/stage/index.ts';
import type { Handle } from './kernels.ts';

/** What tfjs-node's addon offers below tfjs: tensors, kernels and saved models by number. */
export interface NativeBinding {
  createTensor(shape: readonly number[], dtype: number, data: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array;
  executeOp(
    name: string,
    attributes: readonly object[],
    inputs: readonly number[],
    outputs: number,
  ): Handle[];
  getNumOfTensors(): number;
  /** @returns the session's number */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  /** Names are `<node>:<output>`, joined by commas. */
  runSavedModel(session: number, inputs: readonly number[], feeds: string, fetches: string): Handle[];
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

const load = (): NativeBinding => {
  // By this literal the package enters the key of every stage that computes, with all that it depends on.
  const path = import.meta.resolve('@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
  const module = { exports: {} };
  process.dlopen(module, fileURLToPath(path));
  return module.exports as NativeBinding;
};

let loaded: NativeBinding | undefined;

/**
 * The addon without the rest of tfjs-node: to register all of tfjs takes longer than most analyses, and it offers
 * nothing that is asked for here. Loaded on first use: only the processes that compute should pay for it. Thread
 * counts come from the environment, before the process starts.
 *
 * @throws BackendMissing when the native library does not load
 */
export const nativeBinding = (): NativeBinding => {
  try {
    loaded ??= load();
    return loaded;
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new PaperError('BackendMissing', `TensorFlow's native library does not load: ${reason}`, {
      hint: 'run `node scripts/setup.mjs`, which provides it.',
      cause,
    });
  }
};

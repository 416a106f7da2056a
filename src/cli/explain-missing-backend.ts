import { PaperError } from '../engine/stage/index.ts';

/**
 * What a build in plain JavaScript says when a stage asks for TensorFlow, which it must not load. Told here, and not
 * where it is loaded: that code is part of every training's key.
 */
export const explainMissingBackend = (error: unknown, backend: string | undefined): unknown => {
  if (backend !== 'js' || !(error instanceof PaperError) || error.name !== 'BackendMissing') return error;
  return new PaperError(
    'NativeBackendNeeded',
    "a stage runs a model, which only TensorFlow's native library does, and this build was told to do without it.",
    {
      details: error.details,
      hint: 'leave out `--backend js` where TensorFlow installs; elsewhere build from published runs, with the options that they were made with.',
      cause: error,
    },
  );
};

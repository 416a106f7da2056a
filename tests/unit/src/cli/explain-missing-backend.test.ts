import { expect, test } from 'vitest';
import { explainMissingBackend } from '../../../../src/cli/explain-missing-backend.ts';
import { formatError, PaperError } from '../../../../src/engine/stage/paper-error.ts';

const missing = new PaperError(
  'BackendMissing',
  "TensorFlow's native library does not load: addons are off",
  {
    details: ["in stage 'training-ladder'"],
    hint: 'run `node scripts/setup.mjs`, which provides it.',
  },
);

test('a build in plain JavaScript says which stage needs TensorFlow, and what to do', () => {
  expect(formatError(explainMissingBackend(missing, 'js') as PaperError)).toBe(
    [
      "NativeBackendNeeded: a stage runs a model, which only TensorFlow's native library does, and this build was told to do without it.",
      "  in stage 'training-ladder'",
      '  hint: leave out `--backend js` where TensorFlow installs; elsewhere build from published runs, with the options that they were made with.',
    ].join('\n'),
  );
});

test('any other error, and any other backend, is left as it is', () => {
  const other = new PaperError('NotFinite', 'Q is not finite.', { hint: 'make it again.' });
  expect(explainMissingBackend(missing, undefined)).toBe(missing);
  expect(explainMissingBackend(other, 'js')).toBe(other);
});

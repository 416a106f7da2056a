import { expect, test, vi } from 'vitest';
import { formatError, type PaperError } from '../../../../src/engine/paper-error.ts';
import { loadTensorflow } from '../../../../src/tensor/tensorflow.ts';

vi.mock('@tensorflow/tfjs-node', () => {
  throw new Error('libtensorflow_cc.so.2: cannot open shared object file');
});

test('a native library that does not load is told with the way to get it', async () => {
  const error = await loadTensorflow().catch((thrown: unknown) => thrown);
  expect(formatError(error as PaperError)).toMatch(
    /^BackendMissing: TensorFlow's native library does not load: .+\n {2}hint: run `node scripts\/setup\.mjs`, which provides it\.$/,
  );
});

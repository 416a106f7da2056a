import { expect, test, vi } from 'vitest';
import { formatError, type PaperError } from '../../../../src/engine/paper-error.ts';
import { nativeBinding } from '../../../../src/tensor/native-binding.ts';

test('a native library that does not load is told with the way to get it', () => {
  vi.spyOn(process, 'dlopen').mockImplementation(() => {
    throw new Error('libtensorflow_cc.so.2: cannot open shared object file\nand more');
  });
  let thrown: unknown;
  try {
    nativeBinding();
  } catch (error) {
    thrown = error;
  }
  expect(formatError(thrown as PaperError)).toBe(
    [
      "BackendMissing: TensorFlow's native library does not load: libtensorflow_cc.so.2: cannot open shared object file",
      '  hint: run `node scripts/setup.mjs`, which provides it.',
    ].join('\n'),
  );
});

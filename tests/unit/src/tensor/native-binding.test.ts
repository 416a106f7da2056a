import { expect, test, vi } from 'vitest';
import { formatError, type PaperError } from '../../../../src/engine/stage/paper-error.ts';
import { dataType } from '../../../../src/tensor/kernels.ts';
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

test('a tensor owns its numbers, whatever becomes of the array that they came from', async () => {
  vi.restoreAllMocks();
  const binding = nativeBinding();
  // Of many sizes, since memory that TensorFlow could use as it is has to lie at a multiple of 64 bytes.
  for (let length = 64; length < 320; length += 1) {
    const array = new Float32Array(length).fill(length);
    const tensor = binding.createTensor([length], dataType.float32, array);
    array.fill(-1);
    expect([...new Set(binding.tensorDataSync(tensor))]).toEqual([length]);
    binding.deleteTensor(tensor);
  }
});

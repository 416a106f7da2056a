import { afterEach, expect, test, vi } from 'vitest';
import { kernelsEnvironment, ownKernelsFor, takesOwnKernels } from '../../../../src/tensor/chosen-kernels.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('our own kernels train on processors with AVX2 alone, and keep blocks wherever they run', () => {
  expect(ownKernelsFor('x64', ['avx2'])).toEqual(['training', 'blocks']);
  expect(ownKernelsFor('x64', ['avx512f', 'avx2'])).toEqual(['blocks']);
  expect(ownKernelsFor('x64', [])).toEqual([]);
  expect(ownKernelsFor('arm64', [])).toEqual(['blocks']);
});

test("oneDNN's kernels are asked for where ours train", () => {
  expect(kernelsEnvironment(['training', 'blocks'])).toEqual({
    PAPER_OWN_KERNELS: 'training blocks',
    TF_ENABLE_ONEDNN_OPTS: '1',
  });
  expect(kernelsEnvironment([])).toEqual({ PAPER_OWN_KERNELS: '' });
});

test('a process takes the kernels that it was told, and without a word those that run anywhere', () => {
  expect(takesOwnKernels('blocks')).toBe(false);
  for (const own of [['training', 'blocks'], ['blocks'], []] as const) {
    for (const [name, value] of Object.entries(kernelsEnvironment(own))) vi.stubEnv(name, value);
    expect((['training', 'blocks'] as const).filter(takesOwnKernels)).toEqual(own);
  }
});

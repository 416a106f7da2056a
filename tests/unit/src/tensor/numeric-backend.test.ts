import { expect, test, vi } from 'vitest';
import { createWorkshop } from '../../../../src/cli/workshop.ts';
import { loadLinearAlgebra } from '../../../../src/numerics/load-linear-algebra.ts';
import { backendNamed, machineClass } from '../../../../src/tensor/numeric-backend.ts';
import { errorText } from '../../../error-text.ts';

test('an unknown backend is refused with the nearest one', () => {
  expect(errorText(() => backendNamed('nativ'))).toBe(
    [
      "UnknownBackend: there is no backend 'nativ'.",
      '  expected one of native, js',
      "  hint: did you mean 'native'?",
    ].join('\n'),
  );
});

test('the choice is told to the process of a stage, and names its library in keys and provenance', () => {
  const native = createWorkshop('.');
  const js = createWorkshop('.', 'js');
  expect(createWorkshop('.', 'native').platform).toEqual(native.platform);
  expect(native.library).toMatch(/^tensorflow \d+\.\d+\.\d+, openblas \d/);
  expect(js.library).toMatch(/^ml-matrix \d+\.\d+\.\d+$/);
  expect(native.environment(2)['PAPER_BACKEND']).toBeUndefined();
  expect(js.environment(2)).toEqual({ PAPER_BACKEND: 'js', NODE_OPTIONS: '--no-addons' });
  // Whoever has another processor computes anew what its kernels make, and takes what is published.
  expect(native.platform.backend['ownKernels']).toBe(native.environment(2)['PAPER_OWN_KERNELS']);
  expect(Object.keys(native.reference.backend)).not.toContain('ownKernels');
  // Published runs keep their keys whatever a build computes with.
  expect(js.reference).toEqual(native.reference);
  expect(js.platform.backend).not.toEqual(native.platform.backend);
});

test('a process is told the kernels of its processor, and of OpenBLAS no threads', () => {
  const { PAPER_OWN_KERNELS, OPENBLAS_NUM_THREADS } = createWorkshop('.').environment(2);
  expect(PAPER_OWN_KERNELS).toBe((machineClass()['ownKernels'] as readonly string[]).join(' '));
  expect(OPENBLAS_NUM_THREADS).toBe('1');
});

test('a stage gets the linear algebra of the chosen backend', async () => {
  expect((await loadLinearAlgebra()).name).toBe('tensorflow');
  vi.stubEnv('PAPER_BACKEND', 'js');
  expect((await loadLinearAlgebra()).name).toBe('ml-matrix');
  vi.unstubAllEnvs();
});

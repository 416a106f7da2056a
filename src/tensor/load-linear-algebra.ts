import { chosenBackend } from './chosen-backend.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { nativeKernels } from './native-kernels.ts';
import { tallBlocks } from './tall-blocks.ts';
import { tensorflowLinearAlgebra } from './tensorflow-linear-algebra.ts';

/** The linear algebra of the chosen backend. Its library is loaded here, and the other's never. */
export const loadLinearAlgebra = async (): Promise<LinearAlgebra> => {
  if (chosenBackend() === 'js') return (await import('./ml-matrix-linear-algebra.ts')).mlMatrixLinearAlgebra;
  const kernels = nativeKernels();
  return {
    ...tensorflowLinearAlgebra(),
    blocks: (work) => kernels.scope(() => work(tallBlocks(kernels))),
  };
};

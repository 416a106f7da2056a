import { chosenBackend } from '../tensor/chosen-backend.ts';
import { nativeKernels } from '../tensor/native-kernels.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
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

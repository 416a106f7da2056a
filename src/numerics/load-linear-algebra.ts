import { chosenBackend } from '../tensor/chosen-backend.ts';
import { takesOwnKernels } from '../tensor/chosen-kernels.ts';
import { nativeKernels } from '../tensor/native-kernels.ts';
import { kernelBlocks } from './kernel-blocks.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { tallBlocks } from './tall-blocks.ts';
import { tensorflowLinearAlgebra } from './tensorflow-linear-algebra.ts';

/** The linear algebra of the chosen backend. Its library is loaded here, and the other's never. */
export const loadLinearAlgebra = async (): Promise<LinearAlgebra> => {
  if (chosenBackend() === 'js') return (await import('./ml-matrix-linear-algebra.ts')).mlMatrixLinearAlgebra;
  const kernels = nativeKernels();
  return tensorflowLinearAlgebra(kernels, takesOwnKernels('blocks') ? tallBlocks : kernelBlocks);
};

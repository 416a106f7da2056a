import { chosenBackend } from './chosen-backend.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { tallBlocks } from './tall-blocks.ts';

/** The linear algebra of the chosen backend. Its library is loaded here, and the other's never. */
export const loadLinearAlgebra = async (): Promise<LinearAlgebra> => {
  if (chosenBackend() === 'js') return (await import('./ml-matrix-linear-algebra.ts')).mlMatrixLinearAlgebra;
  const { tensorflowLinearAlgebra } = await import('./tensorflow-linear-algebra.ts');
  const { nativeKernels } = await import('./native-kernels.ts');
  const kernels = await nativeKernels();
  return {
    ...(await tensorflowLinearAlgebra()),
    blocks: (work) => kernels.scope(() => work(tallBlocks(kernels))),
  };
};

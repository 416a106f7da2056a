import type { LinearAlgebra } from '../numerics/linear-algebra.ts';
import { matrixBlocks } from '../numerics/matrix-blocks.ts';
import { mlMatrixLinearAlgebra } from '../numerics/ml-matrix-linear-algebra.ts';
import { fastMultiply } from './fast-multiply.ts';

/** ml-matrix's decompositions; of products, which take most of the time, our own. */
export const browserLinearAlgebra: LinearAlgebra = {
  ...mlMatrixLinearAlgebra,
  multiply: fastMultiply,
  blocks: (work) => work(matrixBlocks(fastMultiply)),
};

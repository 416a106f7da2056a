import type { BlockArithmetic } from './block-arithmetic.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { add, type Matrix, sliceCols, subtract } from './matrix.ts';
import { sparseTimesDense } from './sparse-matrix.ts';

const join = (a: Matrix, b: Matrix): Matrix => {
  const cols = a.cols + b.cols;
  const data = new Float64Array(a.rows * cols);
  for (let i = 0; i < a.rows; i += 1) {
    data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * cols);
    data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * cols + a.cols);
  }
  return { rows: a.rows, cols, data };
};

/** Blocks that are plain matrices: nothing to enter, leave or dispose of. */
export const matrixBlocks = (multiply: LinearAlgebra['multiply']): BlockArithmetic<Matrix> => ({
  enter: (a) => a,
  leave: (block) => block,
  sparse: (a) => (block) => sparseTimesDense(a, block),
  multiply,
  add,
  lessProduct: (from, a, b) => subtract(from, multiply(a, b)),
  join,
  firstColumns: (a, count) => sliceCols(a, 0, count),
  colsOf: ({ cols }) => cols,
  step: (work) => work(),
  dispose: () => {},
});

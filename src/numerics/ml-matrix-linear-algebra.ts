import { Matrix as Dense, EigenvalueDecomposition, SingularValueDecomposition } from 'ml-matrix';
import type { Eigenvalues, LinearAlgebra } from './linear-algebra.ts';
import { type Matrix, transpose } from './matrix.ts';
import { matrixBlocks } from './matrix-blocks.ts';
import { requireFinite, requireInner, requireSquare } from './require-finite.ts';

const toMl = ({ rows, cols, data }: Matrix): Dense => Dense.from1DArray(rows, cols, data);
const fromMl = (a: Dense): Matrix => ({
  rows: a.rows,
  cols: a.columns,
  data: Float64Array.from(a.to1DArray()),
});

const singularValues = (a: Matrix): Float64Array => {
  requireFinite(a, 'a matrix to decompose');
  const { diagonal } = new SingularValueDecomposition(toMl(a), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal).slice(0, Math.min(a.rows, a.cols));
};

const eigenvalues = (a: Matrix): Eigenvalues => {
  requireSquare(a);
  requireFinite(a, 'a matrix to decompose');
  const eigen = new EigenvalueDecomposition(toMl(a), { assumeSymmetric: false });
  return {
    re: Float64Array.from(eigen.realEigenvalues),
    im: Float64Array.from(eigen.imaginaryEigenvalues),
  };
};

const multiply: LinearAlgebra['multiply'] = (a, b, { transposeA = false, transposeB = false } = {}) => {
  const left = transposeA ? transpose(a) : a;
  const right = transposeB ? transpose(b) : b;
  requireInner(left.cols, right.rows);
  return fromMl(toMl(left).mmul(toMl(right)));
};

/** Linear algebra in plain JavaScript: runs in a browser, and checks the native kernels in tests. */
export const mlMatrixLinearAlgebra: LinearAlgebra = {
  name: 'ml-matrix',
  multiply,
  singularValues,
  batchSingularValues: (matrices) => matrices.map(singularValues),
  symmetricEigen: (a) => {
    requireSquare(a);
    requireFinite(a, 'a matrix to decompose');
    const eigen = new EigenvalueDecomposition(toMl(a), { assumeSymmetric: true });
    return { values: Float64Array.from(eigen.realEigenvalues), vectors: fromMl(eigen.eigenvectorMatrix) };
  },
  eigenvalues,
  batchEigenvalues: (matrices) => matrices.map(eigenvalues),
  blocks: (work) => work(matrixBlocks(multiply)),
};

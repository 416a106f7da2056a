import { add, fromRows, type Matrix, matrix, subtract, transpose } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';

/** Entries N(0, 1). */
export const gaussian = (n: number, seed: number): Matrix =>
  matrix(n, n, seededRandom(seed, 'test').normals(n * n));

export const symmetric = (n: number, seed: number): Matrix => {
  const a = gaussian(n, seed);
  return add(a, transpose(a));
};

/** Eigenvectors of a random symmetric matrix. */
export const orthogonal = (n: number, seed: number): Matrix => la.symmetricEigen(symmetric(n, seed)).vectors;

export const rankOne = (n: number): Matrix =>
  fromRows(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i + 1) * (j + 2))));

export const antisymmetric = (n: number, seed: number): Matrix => {
  const a = gaussian(n, seed);
  return subtract(a, transpose(a));
};

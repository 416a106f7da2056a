import type { AttentionWeights } from '../../../../../experiments/paper-54/model/attention-weights.ts';
import {
  add,
  fromRows,
  identity,
  type Matrix,
  matrix,
  scale,
  subtract,
  transpose,
} from '../../../../../src/tensor/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../../src/tensor/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../../src/tensor/seeded-random.ts';

/** Entries N(0, 1). */
export const gaussian = (n: number, seed: number): Matrix =>
  matrix(n, n, seededRandom(seed, 'test').normals(n * n));

/** Q of a Gaussian matrix's singular vectors: orthogonal. */
export const orthogonal = (n: number, seed: number): Matrix => {
  const { u, v } = la.svd(gaussian(n, seed));
  return la.multiply(u, v, { transposeB: true });
};

export const rankOne = (n: number): Matrix =>
  fromRows(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i + 1) * (j + 2))));

export const symmetric = (n: number, seed: number): Matrix => {
  const a = gaussian(n, seed);
  return add(a, transpose(a));
};

export const antisymmetric = (n: number, seed: number): Matrix => {
  const a = gaussian(n, seed);
  return subtract(a, transpose(a));
};

/** Projections whose Q^T K is the given matrix. */
export const formOf = (w: Matrix): AttentionWeights => ({
  layer: 0,
  nHeads: 2,
  q: identity(w.rows),
  k: w,
  v: identity(w.rows),
});

export const scaled = ({ q, k, v, ...rest }: AttentionWeights, factor: number): AttentionWeights => ({
  ...rest,
  q: scale(q, factor),
  k: scale(k, factor),
  v: scale(v, factor),
});

/** Every projection times the same rotation of the residual stream. */
export const rotated = ({ q, k, v, ...rest }: AttentionWeights, r: Matrix): AttentionWeights => ({
  ...rest,
  q: la.multiply(q, r),
  k: la.multiply(k, r),
  v: la.multiply(v, r),
});

export const randomLayer = (n: number, seed: number): AttentionWeights => ({
  layer: 3,
  nHeads: 2,
  q: gaussian(n, seed),
  k: gaussian(n, seed + 1),
  v: gaussian(n, seed + 2),
});

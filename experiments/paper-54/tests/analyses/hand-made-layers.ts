import { identity, type Matrix, scale } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import type { AttentionWeights } from '../../model/attention-weights.ts';

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

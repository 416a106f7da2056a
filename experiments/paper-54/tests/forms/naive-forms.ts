/** T6 by dense matrices of tokens by tokens, least squares and sums over pairs: the independent method. */
import { Matrix as Dense, inverse } from 'ml-matrix';
import { type Matrix, matrix } from '../../../../src/numerics/matrix.ts';
import type { FormFactors } from '../../forms/form-factors.ts';

export const toDense = ({ rows, cols, data }: Matrix): Dense => Dense.from1DArray(rows, cols, data);
export const fromDense = (a: Dense): Matrix => matrix(a.rows, a.columns, Float64Array.from(a.to1DArray()));

/** I - F (F^T F)^{-1} F^T */
export const residualMaker = (functions: Dense): Dense => {
  const hat = functions.mmul(inverse(functions.transpose().mmul(functions))).mmul(functions.transpose());
  return Dense.eye(functions.rows).sub(hat);
};

/** Indicators of every bin, log f and its square, as they are said, not orthonormal. */
export const rawFunctions = (frequencies: Float64Array, bins: Int32Array): Dense => {
  const count = Math.max(...bins) + 1;
  return new Dense(
    Array.from(frequencies, (f, token) => [
      ...Array.from({ length: count }, (_, bin) => (bins[token] === bin ? 1 : 0)),
      Math.log(f),
      Math.log(f) ** 2,
    ]),
  );
};

/** Scores of head `head` on every pair [later, earlier]: both rotated as the model does, at positions Delta and 0. */
export const naiveScores = (
  e: Matrix,
  { left, right, nHeads, angles }: FormFactors,
  head: number,
  delta: number,
): Dense => {
  const n = left.cols;
  const dHead = left.rows / nHeads;
  const project = (w: Matrix, token: number, position: number): number[] => {
    const flat = Array.from({ length: dHead }, (_, d) => {
      let sum = 0;
      for (let c = 0; c < n; c += 1) sum += w.data[(head * dHead + d) * n + c]! * e.data[token * n + c]!;
      return sum;
    });
    for (let j = 0; j < dHead; j += 2) {
      const angle = position * angles[(head * dHead + j) / 2]!;
      const [x, y] = [flat[j]!, flat[j + 1]!];
      flat[j] = x * Math.cos(angle) - y * Math.sin(angle);
      flat[j + 1] = x * Math.sin(angle) + y * Math.cos(angle);
    }
    return flat;
  };
  const later = Array.from({ length: e.rows }, (_, token) => project(left, token, delta + 7));
  const earlier = Array.from({ length: e.rows }, (_, token) => project(right, token, 7));
  return new Dense(later.map((q) => earlier.map((k) => q.reduce((sum, x, at) => sum + x * k[at]!, 0))));
};

const inner = (a: Dense, b: Dense): number => Dense.mul(a, b).sum();

/** Cosine of scores and of the part of M^T that the columns of E can carry. */
export const naiveCosine = (
  scores: Dense,
  e: Dense,
  mTransposed: Dense,
  part: 'whole' | 'symmetric' | 'antisymmetric',
): { readonly cosine: number; readonly carried: number } => {
  const of = (a: Dense): Dense =>
    part === 'whole'
      ? a
      : Dense.mul(part === 'symmetric' ? Dense.add(a, a.transpose()) : Dense.sub(a, a.transpose()), 0.5);
  const onto = e.mmul(inverse(e.transpose().mmul(e))).mmul(e.transpose());
  const carried = of(onto.mmul(mTransposed).mmul(onto));
  const whole = of(mTransposed);
  return {
    cosine: inner(of(scores), carried) / (of(scores).norm() * carried.norm()),
    carried: inner(whole, carried) / (whole.norm() * carried.norm()),
  };
};

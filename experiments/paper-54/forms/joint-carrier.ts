/**
 * One carrier for both spaces. The embedding is what is free of frequency and its projection on functions of frequency G,
 * so that X = [U_free, G] holds the carriers of both: U = X (X^T U). Permuted alike they stay so, and X^T M X of permuted
 * tokens gives the images of both.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, zeros } from 'reproducible-paper/numerics/matrix';
import type { FormProblem } from './form-problem.ts';
import type { TokenSpace } from './token-space.ts';

export interface JointCarrier {
  /** X [tokens, m]: its rows are those of [U_free, G], turned by an orthogonal matrix */
  readonly carrier: Matrix;
  /** X^T U of a space [m, n] */
  readonly coordinates: (space: TokenSpace) => Matrix;
}

/** A sparse product takes as many columns at once. */
const group = 8;

const besides = (a: Matrix, b: Matrix): Matrix => {
  const { rows } = a;
  const joined = zeros(rows, Math.ceil((a.cols + b.cols) / group) * group);
  for (let i = 0; i < rows; i += 1) {
    joined.data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * joined.cols);
    joined.data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * joined.cols + a.cols);
  }
  return joined;
};

/** Orthonormal cosines of which each row has a part in all columns [m, m] (Ahmed, Natarajan and Rao 1974). */
const cosineTransform = (m: number): Matrix => {
  const c = zeros(m, m);
  for (let k = 0; k < m; k += 1) {
    for (let j = 0; j < m; j += 1) {
      c.data[k * m + j] = Math.sqrt((k === 0 ? 1 : 2) / m) * Math.cos((Math.PI * k * (j + 0.5)) / m);
    }
  }
  return c;
};

/**
 * Sums over tokens in single precision are as wrong as their largest entries, which are those of frequency: alone in a
 * column, as the constant is, they are wrong by several 1e-6, and spread over all columns they are so by less than 1e-7.
 */
export const jointCarrier = (
  { free, functions }: Pick<FormProblem, 'free' | 'functions'>,
  la: LinearAlgebra,
): JointCarrier => {
  const apart = besides(free.carrier, functions);
  const carrier = la.multiply(apart, cosineTransform(apart.cols)); // [tokens, m]
  return { carrier, coordinates: (space) => la.multiply(carrier, space.carrier, { transposeA: true }) };
};

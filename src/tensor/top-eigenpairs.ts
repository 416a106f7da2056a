/**
 * The largest eigenpairs of a symmetric operator by block Lanczos with full reorthogonalisation and a
 * Rayleigh-Ritz step (Musco and Musco 2015): K = [X, AX, A^2 X, ...] orthonormalised, T = K^T A K = S D S^T,
 * eigenpairs (D, K S).
 */
import { PaperError } from '../engine/paper-error.ts';
import type { LinearAlgebra, Matrix } from './linear-algebra.ts';
import { frobeniusNorm, sliceCols, subtract } from './matrix.ts';
import { orthonormalColumns } from './orthonormal-columns.ts';
import { seededRandom } from './seeded-random.ts';

export interface TopEigenpairs {
  /** [count], by magnitude, descending */
  readonly values: Float64Array;
  /** [n, count]; each column's entry of largest magnitude is positive */
  readonly vectors: Matrix;
  /** max ||A v - lambda v|| / |lambda_1| over the pairs */
  readonly residual: number;
}

export interface LanczosOptions {
  readonly seed: number;
  readonly blockSize?: number;
  readonly blocks?: number;
  /** Largest residual that is accepted. */
  readonly tolerance?: number;
}

const joinColumns = (parts: readonly Matrix[]): Matrix => {
  const rows = parts[0]?.rows ?? 0;
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  const data = new Float64Array(rows * cols);
  let start = 0;
  for (const part of parts) {
    for (let i = 0; i < rows; i += 1) {
      data.set(part.data.subarray(i * part.cols, (i + 1) * part.cols), i * cols + start);
    }
    start += part.cols;
  }
  return { rows, cols, data };
};

/** x - K (K^T x), twice: once leaves what rounding lost. */
const removeSpan = (x: Matrix, basis: readonly Matrix[], la: LinearAlgebra): Matrix => {
  if (basis.length === 0) return x;
  const k = joinColumns(basis);
  let rest = x;
  for (let pass = 0; pass < 2; pass += 1) {
    rest = subtract(rest, la.multiply(k, la.multiply(k, rest, { transposeA: true })));
  }
  return rest;
};

/**
 * @param apply X [n, block] -> A X [n, block], A symmetric [n, n]
 * @param n the operator's size
 * @param count how many pairs, at most n
 * @throws LanczosNotConverged when a residual is above the tolerance
 */
export const topEigenpairs = (
  apply: (block: Matrix) => Matrix,
  n: number,
  count: number,
  la: LinearAlgebra,
  { seed, blockSize = Math.min(n, Math.ceil(count * 0.5)), blocks = 14, tolerance = 1e-2 }: LanczosOptions,
): TopEigenpairs => {
  const start: Matrix = {
    rows: n,
    cols: blockSize,
    data: seededRandom(seed, 'lanczos').normals(n * blockSize),
  };
  const basis: Matrix[] = [];
  const images: Matrix[] = [];
  let next = start;
  let width = 0;
  const extendTo = (target: number): void => {
    while (basis.length < target && width < n) {
      const usable = sliceCols(next, 0, Math.min(blockSize, n - width));
      // Orthonormalised against the basis once more afterwards: a nearly dependent block is mostly rounding.
      const q = orthonormalColumns(
        removeSpan(orthonormalColumns(removeSpan(usable, basis, la), la), basis, la),
        la,
      );
      basis.push(q);
      width += q.cols;
      next = apply(q);
      images.push(next);
    }
  };
  // A flat spectrum needs more blocks than one that decays: added until the residual is small enough.
  for (let target = blocks; ; target += Math.ceil(blocks / 3)) {
    extendTo(target);
    const found = rayleighRitz(joinColumns(basis), joinColumns(images), count, la);
    if (found.residual <= tolerance) return { ...found, vectors: positiveLargest(found.vectors) };
    if (width >= n || target >= 2 * blocks) {
      throw new PaperError(
        'LanczosNotConverged',
        `the top ${count} eigenpairs of a ${n} x ${n} operator did not converge.`,
        {
          details: [`expected a residual of at most ${tolerance}; received ${found.residual}`],
          hint: 'ask for fewer pairs, or give more blocks.',
        },
      );
    }
  }
};

/**
 * The best eigenpairs within a subspace.
 *
 * @param k its orthonormal basis [n, width]
 * @param image A k [n, width]
 */
const rayleighRitz = (k: Matrix, image: Matrix, count: number, la: LinearAlgebra): TopEigenpairs => {
  const t = la.multiply(k, image, { transposeA: true }); // [width, width]
  const { values: ritz, vectors: s } = la.symmetricEigen(symmetrise(t));
  const order = [...ritz.keys()].sort((a, b) => Math.abs(ritz[b]!) - Math.abs(ritz[a]!)).slice(0, count);
  const chosen = pickColumns(s, order); // [width, count]
  const vectors = la.multiply(k, chosen); // [n, count]
  const values = Float64Array.from(order, (at) => ritz[at]!);
  return { values, vectors, residual: largestResidual(la.multiply(image, chosen), vectors, values) };
};

const symmetrise = (t: Matrix): Matrix => {
  const data = new Float64Array(t.data.length);
  for (let i = 0; i < t.rows; i += 1) {
    for (let j = 0; j < t.cols; j += 1)
      data[i * t.cols + j] = (t.data[i * t.cols + j]! + t.data[j * t.cols + i]!) / 2;
  }
  return { ...t, data };
};

const pickColumns = (a: Matrix, columns: readonly number[]): Matrix => {
  const data = new Float64Array(a.rows * columns.length);
  for (let i = 0; i < a.rows; i += 1) {
    columns.forEach((column, j) => {
      data[i * columns.length + j] = a.data[i * a.cols + column]!;
    });
  }
  return { rows: a.rows, cols: columns.length, data };
};

const largestResidual = (image: Matrix, vectors: Matrix, values: Float64Array): number => {
  let largest = 0;
  for (let j = 0; j < values.length; j += 1) {
    const column = (a: Matrix): Matrix => sliceCols(a, j, j + 1);
    const v = column(vectors);
    const expected = { ...v, data: v.data.map((x) => x * values[j]!) };
    largest = Math.max(largest, frobeniusNorm(subtract(column(image), expected)));
  }
  return largest / Math.abs(values[0] ?? 1);
};

const positiveLargest = (a: Matrix): Matrix => {
  const data = Float64Array.from(a.data);
  for (let j = 0; j < a.cols; j += 1) {
    let largest = 0;
    for (let i = 0; i < a.rows; i += 1) {
      const value = data[i * a.cols + j]!;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    if (largest < 0) for (let i = 0; i < a.rows; i += 1) data[i * a.cols + j]! *= -1;
  }
  return { ...a, data };
};

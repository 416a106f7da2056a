/**
 * The largest eigenpairs of a symmetric operator by block Lanczos with full reorthogonalisation and a Rayleigh-Ritz step
 * (Musco and Musco 2015): K = [X, AX, A^2 X, ...] orthonormalised, T = K^T A K = S D S^T, eigenpairs (D, K S). A's image
 * of a block lies in the span of the blocks before, of the block and after it (Golub and Van Loan 2013, section 10.3.6):
 * T is block tridiagonal, and only rounding is left to take from an image along all earlier blocks.
 */
import { PaperError } from '../engine/stage/paper-error.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { type Matrix, sliceRows } from './matrix.ts';
import { orthonormalColumns } from './orthonormal-columns.ts';
import { seededRandom } from './seeded-random.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

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
  /** Columns of X. Fewer give more powers of A for one width of K, and so a smaller residual. */
  readonly blockSize?: number;
  readonly blocks?: number;
  /** Largest residual that is accepted. */
  readonly tolerance?: number;
}

/** What has been found of A: an orthonormal basis, A on it, and A's image of the last block. */
interface Krylov<B> {
  /** Side by side they are the basis [n, width]. In chunks, so that a new block is not a copy of all before. */
  readonly basis: readonly B[];
  readonly width: number;
  /** The last block, and the one before. */
  readonly latest: readonly B[];
  /** A times the last block. */
  readonly image: B;
  /** Blocks of T on its diagonal, below that which lies above it; of all blocks of the basis but the last. */
  readonly upper: readonly Matrix[];
}

/**
 * @param factors A = product of them, symmetric [n, n]
 * @param count how many pairs, at most n
 * @throws LanczosNotConverged when a residual is above the tolerance
 */
export const topEigenpairs = (
  factors: readonly SparseMatrix[],
  count: number,
  la: LinearAlgebra,
  options: LanczosOptions,
): TopEigenpairs => la.blocks((blocks) => topOf(factors, count, la, blocks, options));

const topOf = <B>(
  factors: readonly SparseMatrix[],
  count: number,
  la: LinearAlgebra,
  blocks: BlockArithmetic<B>,
  {
    seed,
    blockSize: wanted = Math.max(2, Math.ceil(count / 16)),
    blocks: allowed = 44,
    tolerance = 1e-2,
  }: LanczosOptions,
): TopEigenpairs => {
  const n = factors[0]?.rows ?? 0;
  const blockSize = Math.min(n, wanted);
  const products = factors.toReversed().map((factor) => blocks.sparse(factor));
  const apply = (block: B): B =>
    blocks.step(() => products.reduce((image, multiplyBy) => multiplyBy(image), block));
  const data = seededRandom(seed, 'lanczos').normals(n * blockSize);
  const start = blocks.step(
    () => orthonormalColumns(blocks.enter({ rows: n, cols: blockSize, data }), blocks, la).basis,
  );
  let krylov: Krylov<B> = {
    basis: [start],
    width: blocks.colsOf(start),
    latest: [start],
    image: apply(start),
    upper: [],
  };
  // A flat spectrum needs more blocks than one that decays: added until the residual is small enough.
  for (let target = allowed; ; target += Math.ceil(allowed / 4)) {
    while (krylov.upper.length + 1 < target && krylov.width < n)
      krylov = extend(krylov, n, apply, blocks, la);
    const found = blocks.step(() => rayleighRitz(krylov, count, apply, blocks, la));
    if (found.residual <= tolerance) return found;
    if (krylov.width >= n || target >= 2 * allowed) {
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

/** Columns of a chunk of the basis that is not joined to the next any more. */
const chunkWidth = 128;

/** K^T x, by chunks of K. */
const coordinates = <B>(basis: readonly B[], x: B, blocks: BlockArithmetic<B>): readonly B[] =>
  basis.map((chunk) => blocks.multiply(chunk, x, { transposeA: true })); // [chunk, cols] each

/** x - K (K^T x) */
const lessSpan = <B>(basis: readonly B[], within: readonly B[], x: B, blocks: BlockArithmetic<B>): B =>
  basis.reduce((rest, chunk, at) => blocks.lessProduct(rest, chunk, within[at]!), x);

/**
 * The columns of x, orthonormal and less their part in the basis. A direction that loses half of its squared length by
 * that, such as a small rest that was mostly rounding, loses its part once more (Parlett 1998: twice is enough), and a
 * third time in a space that is nearly full.
 *
 * @param x [n, cols], orthonormal or nearly so
 */
const beyond = <B>(basis: readonly B[], x: B, blocks: BlockArithmetic<B>, la: LinearAlgebra): B => {
  let found = { basis: x, least: 0 };
  for (let pass = 0; pass < 3 && found.least < 0.5; pass += 1) {
    const within = coordinates(basis, found.basis, blocks);
    found = orthonormalColumns(lessSpan(basis, within, found.basis, blocks), blocks, la);
  }
  return found.basis;
};

/** One block more: A's image of the last one, less its part in the basis. */
const extend = <B>(
  { basis, width, latest, image, upper }: Krylov<B>,
  n: number,
  apply: (block: B) => B,
  blocks: BlockArithmetic<B>,
  la: LinearAlgebra,
): Krylov<B> => {
  const { block, column } = blocks.step(() => {
    const within = coordinates(latest, image, blocks);
    const rest = lessSpan(latest, within, image, blocks);
    const usable = Math.min(blocks.colsOf(rest), n - width);
    return {
      block: beyond(
        basis,
        orthonormalColumns(blocks.firstColumns(rest, usable), blocks, la, 1).basis,
        blocks,
        la,
      ),
      column: stacked(within.map((part) => blocks.leave(part))),
    };
  });
  const last = basis.at(-1)!;
  const grown: Krylov<B> = {
    basis:
      blocks.colsOf(last) < chunkWidth
        ? [...basis.slice(0, -1), blocks.join(last, block)]
        : [...basis, block],
    width: width + blocks.colsOf(block),
    latest: [...latest.slice(-1), block],
    image: apply(block),
    upper: [...upper, column],
  };
  const kept = new Set([...grown.basis, ...grown.latest]);
  for (const old of new Set([...basis, ...latest, image])) if (!kept.has(old)) blocks.dispose(old);
  return grown;
};

/** Matrices of as many columns, one below the other. */
const stacked = (parts: readonly Matrix[]): Matrix => {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const cols = parts[0]?.cols ?? 0;
  const data = new Float64Array(rows * cols);
  let start = 0;
  for (const part of parts) {
    data.set(part.data, start);
    start += part.data.length;
  }
  return { rows, cols, data };
};

/** T [width, width] from its column blocks, each of which ends on the diagonal. */
const symmetricOf = (upper: readonly Matrix[], width: number): Matrix => {
  const data = new Float64Array(width * width);
  let start = 0;
  for (const { rows, cols, data: column } of upper) {
    const top = start + cols - rows;
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < cols; j += 1) {
        data[(top + i) * width + start + j] = column[i * cols + j]!;
        data[(start + j) * width + top + i] = column[i * cols + j]!;
      }
    }
    start += cols;
  }
  return { rows: width, cols: width, data };
};

/** The best eigenpairs within the basis. */
const rayleighRitz = <B>(
  { basis, width, latest, image, upper }: Krylov<B>,
  count: number,
  apply: (block: B) => B,
  blocks: BlockArithmetic<B>,
  la: LinearAlgebra,
): TopEigenpairs => {
  const last = stacked(coordinates(latest, image, blocks).map((part) => blocks.leave(part)));
  const { values: ritz, vectors: s } = la.symmetricEigen(symmetricOf([...upper, last], width));
  const order = [...ritz.keys()].sort((a, b) => Math.abs(ritz[b]!) - Math.abs(ritz[a]!)).slice(0, count);
  const chosen = pickColumns(s, order); // [width, count]
  let below = 0;
  const parts = basis.map((chunk) => {
    const from = below;
    below += blocks.colsOf(chunk);
    return blocks.multiply(chunk, blocks.enter(sliceRows(chosen, from, below)));
  });
  const found = parts.reduce((sum, part) => blocks.add(sum, part)); // [n, count]
  const vectors = blocks.leave(found);
  const values = Float64Array.from(order, (at) => ritz[at]!);
  const residual = largestResidual(blocks.leave(apply(found)), vectors, values);
  return { values, vectors: positiveLargest(vectors), residual };
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
  const { cols } = vectors;
  const squares = new Float64Array(cols);
  for (let i = 0; i < vectors.rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const rest = image.data[i * cols + j]! - values[j]! * vectors.data[i * cols + j]!;
      squares[j]! += rest * rest;
    }
  }
  return Math.sqrt(Math.max(...squares)) / Math.abs(values[0] ?? 1);
};

/** The same columns, each with its entry of largest magnitude positive. */
export const positiveLargest = (a: Matrix): Matrix => {
  const largest = new Float64Array(a.cols);
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < a.cols; j += 1) {
      const value = a.data[i * a.cols + j]!;
      if (Math.abs(value) > Math.abs(largest[j]!)) largest[j] = value;
    }
  }
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < a.cols; j += 1) {
      const value = a.data[i * a.cols + j]!;
      data[i * a.cols + j] = largest[j]! < 0 ? -value : value;
    }
  }
  return { ...a, data };
};

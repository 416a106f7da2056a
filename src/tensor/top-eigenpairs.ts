/**
 * The largest eigenpairs of a symmetric operator by block Lanczos with full reorthogonalisation, done twice, and a
 * Rayleigh-Ritz step (Musco and Musco 2015): K = [X, AX, A^2 X, ...] orthonormalised, T = K^T A K = S D S^T,
 * eigenpairs (D, K S). T's upper blocks are what the first orthogonalisation computes anyway.
 */
import { PaperError } from '../engine/paper-error.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import type { LinearAlgebra, Matrix } from './linear-algebra.ts';
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
  /** [n, width] */
  readonly basis: B;
  readonly width: number;
  /** A times the last block. */
  readonly image: B;
  /** Column blocks of T from its first row to its diagonal, of all blocks but the last. */
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
  { seed, blockSize: wanted = Math.ceil(count / 8), blocks: allowed = 24, tolerance = 1e-2 }: LanczosOptions,
): TopEigenpairs => {
  const n = factors[0]?.rows ?? 0;
  const blockSize = Math.min(n, wanted);
  const products = factors.toReversed().map((factor) => blocks.sparse(factor));
  const apply = (block: B): B =>
    blocks.step(() => products.reduce((image, multiplyBy) => multiplyBy(image), block));
  const data = seededRandom(seed, 'lanczos').normals(n * blockSize);
  const start = blocks.step(() =>
    orthonormalColumns(blocks.enter({ rows: n, cols: blockSize, data }), blocks, la),
  );
  let krylov: Krylov<B> = { basis: start, width: blocks.colsOf(start), image: apply(start), upper: [] };
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

/** One block more: A's image of the last one, less its part in the basis. */
const extend = <B>(
  { basis, width, image, upper }: Krylov<B>,
  n: number,
  apply: (block: B) => B,
  blocks: BlockArithmetic<B>,
  la: LinearAlgebra,
): Krylov<B> => {
  const next = blocks.step(() => {
    const within = blocks.multiply(basis, image, { transposeA: true }); // [width, cols]
    const rest = blocks.subtract(image, blocks.multiply(basis, within));
    const usable = Math.min(blocks.colsOf(rest), n - width);
    const first = orthonormalColumns(blocks.firstColumns(rest, usable), blocks, la);
    // Once more: a nearly dependent block is mostly rounding after the first time.
    const again = blocks.multiply(basis, blocks.multiply(basis, first, { transposeA: true }));
    const block = orthonormalColumns(blocks.subtract(first, again), blocks, la);
    return { basis: blocks.join(basis, block), block, column: blocks.leave(within) };
  });
  const nextImage = apply(next.block);
  for (const old of [basis, image, next.block]) blocks.dispose(old);
  return {
    basis: next.basis,
    width: blocks.colsOf(next.basis),
    image: nextImage,
    upper: [...upper, next.column],
  };
};

/** T [width, width] from its upper column blocks. */
const symmetricOf = (upper: readonly Matrix[], width: number): Matrix => {
  const data = new Float64Array(width * width);
  let start = 0;
  for (const { rows, cols, data: column } of upper) {
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < cols; j += 1) {
        data[i * width + start + j] = column[i * cols + j]!;
        data[(start + j) * width + i] = column[i * cols + j]!;
      }
    }
    start += cols;
  }
  return { rows: width, cols: width, data };
};

/** The best eigenpairs within the basis. */
const rayleighRitz = <B>(
  { basis, width, image, upper }: Krylov<B>,
  count: number,
  apply: (block: B) => B,
  blocks: BlockArithmetic<B>,
  la: LinearAlgebra,
): TopEigenpairs => {
  const last = blocks.leave(blocks.multiply(basis, image, { transposeA: true }));
  const { values: ritz, vectors: s } = la.symmetricEigen(symmetricOf([...upper, last], width));
  const order = [...ritz.keys()].sort((a, b) => Math.abs(ritz[b]!) - Math.abs(ritz[a]!)).slice(0, count);
  const found = blocks.multiply(basis, blocks.enter(pickColumns(s, order))); // [n, count]
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

const positiveLargest = (a: Matrix): Matrix => {
  const largest = new Float64Array(a.cols);
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < a.cols; j += 1) {
      const value = a.data[i * a.cols + j]!;
      if (Math.abs(value) > Math.abs(largest[j]!)) largest[j] = value;
    }
  }
  return { ...a, data: a.data.map((value, at) => (largest[at % a.cols]! < 0 ? -value : value)) };
};

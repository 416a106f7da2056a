import type { Matrix } from './matrix.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

/**
 * Tall matrices of float64 where an implementation keeps them, so that an iteration need not carry them to and
 * fro. B is the implementation's own; everything that is not disposed of goes when the work on blocks ends.
 */
export interface BlockArithmetic<B> {
  enter(a: Matrix): B;
  leave(block: B): Matrix;
  /** A sparse matrix that stays, as the function that multiplies a block by it. */
  sparse(a: SparseMatrix): (block: B) => B;
  /** a b, or a^T b where asked. */
  multiply(a: B, b: B, options?: { readonly transposeA?: boolean }): B;
  add(a: B, b: B): B;
  /** from - a b */
  lessProduct(from: B, a: B, b: B): B;
  /** Columns of a, then columns of b. */
  join(a: B, b: B): B;
  /** The first columns, as many as asked for. */
  firstColumns(a: B, count: number): B;
  colsOf(a: B): number;
  /** Runs a step: what it makes goes, apart from blocks in what it returns. */
  step<T>(work: () => T): T;
  dispose(block: B): void;
}

import type { BlockArithmetic } from './block-arithmetic.ts';
import type { Matrix } from './matrix.ts';

/** A = Q diag(values) Q^T for a symmetric A. */
export interface SymmetricEigen {
  /** [n], ascending */
  readonly values: Float64Array;
  /** [n, n]: eigenvectors are columns, in the order of `values`. */
  readonly vectors: Matrix;
}

/** Of a general real square matrix, in no particular order. */
export interface Eigenvalues {
  /** [n] */
  readonly re: Float64Array;
  /** [n] */
  readonly im: Float64Array;
}

/**
 * Everything that an analysis may ask of linear algebra, in float64. Two implementations: TensorFlow
 * and LAPACK (the build) and ml-matrix (the reader's browser, and the tests' independent method).
 * All calls are synchronous and leave nothing behind to dispose of.
 */
export interface LinearAlgebra {
  readonly name: 'tensorflow' | 'ml-matrix';
  /** op(a) op(b), op transposing where asked. */
  multiply(
    a: Matrix,
    b: Matrix,
    options?: { readonly transposeA?: boolean; readonly transposeB?: boolean },
  ): Matrix;
  /** [min(rows, cols)], descending; each within 1e-13 of the largest. */
  singularValues(a: Matrix): Float64Array;
  /** The same of matrices of one shape, which share the threads. */
  batchSingularValues(matrices: readonly Matrix[]): readonly Float64Array[];
  symmetricEigen(a: Matrix): SymmetricEigen;
  eigenvalues(a: Matrix): Eigenvalues;
  /** The same of matrices of one size, which share the threads. */
  batchEigenvalues(matrices: readonly Matrix[]): readonly Eigenvalues[];
  /** Work on tall matrices that stay where the implementation keeps them until it ends. */
  blocks<T>(work: <B>(blocks: BlockArithmetic<B>) => T): T;
}

import { takesOwnKernels } from '../tensor/chosen-kernels.ts';
import { nativeKernels } from '../tensor/native-kernels.ts';
import { kernelBlocks } from './kernel-blocks.ts';
import { kernelStacks } from './kernel-stacks.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import type { NormalStream } from './normal-stream.ts';
import { plainStacks } from './plain-stacks.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { tallBlocks } from './tall-blocks.ts';

export interface TraceNorms {
  /** Sums of singular values [count] */
  readonly norms: Float64Array;
  /** Sums of their squares [count] */
  readonly energies: Float64Array;
}

/**
 * Work on many matrices at once [..., rows, cols], which stay where an implementation keeps them. S is the
 * implementation's own. Stacks are of float64 until `single` narrows them; what meets must be of one precision.
 */
export interface MatrixStacks<S> {
  /** @param shape ends with rows and cols */
  enter(data: Float64Array, shape: readonly number[]): S;
  /** In float64. */
  leave(stack: S): Float64Array;
  /** The next ones of a stream, but for the last place. */
  normals(stream: NormalStream, shape: readonly number[]): S;
  /** In float32, three times as fast, where the implementation has it. */
  single(stack: S): S;
  double(stack: S): S;
  reshape(stack: S, shape: readonly number[]): S;
  /** Each matrix of [count, rows, cols]. */
  transpose(stack: S): S;
  /** One after the other [1, ..., cols], along the second dimension. */
  join(stacks: readonly S[]): S;
  /** op(a) op(b), matrix by matrix, op transposing where asked; a dimension of one meets each of the other's. */
  multiply(a: S, b: S, options?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): S;
  /** a diag(by), by [1, ..., cols] of as many dimensions as a */
  scaleColumns(a: S, by: S): S;
  /** A sparse matrix that stays, as the function that multiplies a stack of one by it, in the precision of that. */
  sparse(a: SparseMatrix): (dense: S) => S;
  /** Rows of a stack of one in this order. */
  pickRows(stack: S, order: Int32Array): S;
  /** Rows made orthonormal one after the other, as Gram and Schmidt do, in float64 [count, n, n]. */
  orthonormalRows(stack: S): S;
  /** Of A A^T, ascending [count, n], in float64 [count, n, m]. */
  gramEigenvalues(stack: S): Float64Array;
  /** <X, Y> and <X, Y^T> of each two [count, 2], in float64, of single-precision entries [count, n, n]. */
  innerProducts(x: S, y: S): Float64Array;
  /** Of each matrix, in float64 [count, n, m]: to 1e-10 of itself but for singular values below 1e-7 of the largest. */
  traceNorms(stack: S): TraceNorms;
  /** Sums of squares of columns [count, cols], in float64, of single-precision entries [count, rows, cols]. */
  columnEnergies(stack: S): Float64Array;
  /** Runs a step: what it makes goes, apart from stacks in what it returns. */
  step<T>(work: () => T): T;
}

/** Work on stacks that stay until it ends: by TensorFlow's kernels where linear algebra is by them. */
export const withStacks = <T>(la: LinearAlgebra, work: <S>(stacks: MatrixStacks<S>) => T): T => {
  if (la.name !== 'tensorflow') return work(plainStacks(la));
  const kernels = nativeKernels();
  const own = takesOwnKernels('blocks');
  return kernels.scope(() => work(kernelStacks(kernels, (own ? tallBlocks : kernelBlocks)(kernels), own)));
};

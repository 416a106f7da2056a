import { type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import { type SparseMatrix, sparseTriplets } from './sparse-matrix.ts';

const double = { T: { type: 'float64' } } as const;
const plain = { ...double, transpose_a: false, transpose_b: false } as const;
const transposed = { ...double, transpose_a: true, transpose_b: false } as const;
const concat = { ...double, N: 2, Tidx: { type: 'int32' } } as const;
const slice = { ...double, Index: { type: 'int32' } } as const;
const widen = { SrcT: { type: 'int32' }, DstT: { type: 'int64' }, Truncate: false } as const;
const sparseProduct = {
  ...double,
  Tindices: { type: 'int32' },
  adjoint_a: false,
  adjoint_b: false,
} as const;

/** Blocks that stay inside TensorFlow. */
export const kernelBlocks = (kernels: Kernels): BlockArithmetic<Handle> => {
  const integers = (...values: readonly number[]): Handle =>
    kernels.tensor(Int32Array.from(values), [values.length]);
  /** Places [entries, 2], values [entries] and the shape, as TensorFlow holds a sparse matrix. */
  const enterSparse = (a: SparseMatrix): readonly [Handle, Handle, Handle] => {
    const { rows, cols, values } = sparseTriplets(a);
    const places = new Int32Array(2 * values.length);
    for (let at = 0; at < values.length; at += 1) {
      places[2 * at] = rows[at]!;
      places[2 * at + 1] = cols[at]!;
    }
    return [
      kernels.tensor(places, [values.length, 2]),
      kernels.tensor(values, [values.length]),
      runOne(kernels, 'Cast', [integers(a.rows, a.cols)], widen),
    ];
  };
  return {
    enter: ({ rows, cols, data }) => kernels.tensor(data, [rows, cols]),
    leave: (block) => ({
      rows: block.shape[0]!,
      cols: block.shape[1]!,
      data: kernels.read(block) as Float64Array,
    }),
    sparse: (a) => {
      const entered = enterSparse(a);
      return (block) => runOne(kernels, 'SparseTensorDenseMatMul', [...entered, block], sparseProduct);
    },
    multiply: (a, b, { transposeA = false } = {}) =>
      runOne(kernels, 'MatMul', [a, b], transposeA ? transposed : plain),
    add: (a, b) => runOne(kernels, 'AddV2', [a, b], double),
    lessProduct: (from, a, b) =>
      kernels.scope(() => runOne(kernels, 'Sub', [from, runOne(kernels, 'MatMul', [a, b], plain)], double)),
    join: (a, b) =>
      kernels.scope(() => runOne(kernels, 'ConcatV2', [a, b, kernels.tensor(Int32Array.of(1), [])], concat)),
    firstColumns: (a, count) =>
      kernels.scope(() => runOne(kernels, 'Slice', [a, integers(0, 0), integers(a.shape[0]!, count)], slice)),
    colsOf: (a) => a.shape[1]!,
    step: (work) => kernels.scope(work),
    dispose: (block) => kernels.dispose([block]),
  };
};

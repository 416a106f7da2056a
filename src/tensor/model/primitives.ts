/** The kernels that operations are written in, under their usual names. All is float32. */
import { type Handle, type Kernels, runOne } from '../kernels.ts';
import type { Variable } from './tape.ts';

export const T = { type: 'float32' } as const;
const float = { T } as const;
export const reduce = { T, Tidx: { type: 'int32' }, keep_dims: false } as const;
const reduceKeep = { ...reduce, keep_dims: true } as const;
const reshaping = { T, Tshape: { type: 'int32' } } as const;
const slicing = { T, Index: { type: 'int32' } } as const;
const padding = { T, Tpaddings: { type: 'int32' } } as const;
const transposing = { T, Tperm: { type: 'int32' } } as const;

// Named once and shared, since the kernels remember their encoding.
const products = {
  nn: { T, transpose_a: false, transpose_b: false },
  nt: { T, transpose_a: false, transpose_b: true },
  tn: { T, transpose_a: true, transpose_b: false },
} as const;
const batchProducts = {
  nn: { T, adj_x: false, adj_y: false },
  nt: { T, adj_x: false, adj_y: true },
  tn: { T, adj_x: true, adj_y: false },
} as const;
type Side = keyof typeof products;

export const primitives = (kernels: Kernels) => {
  const one = (
    operation: string,
    inputs: readonly Handle[],
    attributes: Parameters<Kernels['run']>[2] = float,
  ) => runOne(kernels, operation, inputs, attributes);
  const integers = (values: readonly number[]): Handle =>
    kernels.tensor(Int32Array.from(values), [values.length]);
  return {
    one,
    integers,
    scalar: (value: number): Handle => kernels.tensor(Float32Array.of(value), []),
    matMul: (a: Handle, b: Handle, side: Side): Handle => one('MatMul', [a, b], products[side]),
    batchMatMul: (a: Handle, b: Handle, side: Side): Handle =>
      one('BatchMatMulV2', [a, b], batchProducts[side]),
    add: (a: Handle, b: Handle): Handle => one('AddV2', [a, b]),
    subtract: (a: Handle, b: Handle): Handle => one('Sub', [a, b]),
    multiply: (a: Handle, b: Handle): Handle => one('Mul', [a, b]),
    /** Sums over rows, [n, d] -> [d], as a product with ones: in a third of the time of `Sum`. */
    sumRows: (a: Handle): Handle => {
      const [n = 0, d = 0] = a.shape;
      const ones = kernels.tensor(new Float32Array(n).fill(1), [1, n]);
      return one('Reshape', [one('MatMul', [ones, a], products.nn), integers([d])], reshaping);
    },
    sumLast: (a: Handle): Handle => one('Sum', [a, integers([-1])], reduceKeep),
    meanLast: (a: Handle): Handle => one('Mean', [a, integers([-1])], reduceKeep),
    reshape: (a: Handle, shape: readonly number[]): Handle => one('Reshape', [a, integers(shape)], reshaping),
    /** `from` to before `to` along an axis. */
    slice: (a: Handle, axis: number, from: number, to: number): Handle => {
      if (from === 0 && to === a.shape[axis]) return a;
      const starts = a.shape.map((_, at) => (at === axis ? from : 0));
      return one('Slice', [a, integers(starts), integers(a.shape.with(axis, to - from))], slicing);
    },
    /** Zeros after an axis's end, up to a size. */
    padTo: (a: Handle, axis: number, size: number): Handle => {
      const missing = size - a.shape[axis]!;
      if (missing === 0) return a;
      const paddings = Int32Array.from(a.shape.flatMap((_, at) => [0, at === axis ? missing : 0]));
      return one('Pad', [a, kernels.tensor(paddings, [a.shape.length, 2])], padding);
    },
    /** One after the other along an axis. */
    join: (parts: readonly Handle[], axis: number): Handle =>
      parts.length === 1
        ? parts[0]!
        : one('ConcatV2', [...parts, kernels.tensor(Int32Array.of(axis), [])], {
            T,
            N: parts.length,
            Tidx: { type: 'int32' },
          }),
    sum: (parts: readonly Handle[]): Handle => one('AddN', parts, { T, N: parts.length }),
    transpose: (a: Handle, order: readonly number[]): Handle =>
      one('Transpose', [a, integers(order)], transposing),
  };
};

/** The one output of an operation that has one. */
export const first = (variables: readonly Variable[]): Variable => {
  const [only] = variables;
  if (!only) throw new Error('internal: an operation without output');
  return only;
};

/** Shapes and types of operations' outputs, as TensorFlow documents them: what a recorder needs before anything runs. */

import { type Attributes, dataType } from '../kernels.ts';
import { attentionGradientKernel, attentionKernel } from './fused-attention.ts';
import { crossEntropyKernel } from './fused-cross-entropy.ts';
import { geluGradientKernel, geluKernel } from './fused-gelu.ts';
import { layerNormGradientKernel, layerNormKernel } from './fused-layer-norm.ts';
import { turnedProductKernel } from './turned-product.ts';

export interface TensorType {
  readonly shape: readonly number[];
  /** One of `dataType`. */
  readonly dtype: number;
}

export interface RecordedOperation {
  /** The input whose memory the output takes over where nobody else uses it any more. */
  readonly overwrites?: number;
  /** Names of the outputs, by which a function's nodes refer to them; a list under one name for `Unpack`. */
  readonly outputs: readonly string[];
  /**
   * @param inputs types of the inputs
   * @param constant the whole numbers of an input that is a constant
   */
  readonly infer: (
    inputs: readonly TensorType[],
    attributes: Attributes,
    constant: (input: number) => readonly number[],
  ) => readonly TensorType[];
}

const typeAttribute = (attributes: Attributes, name: string): number => {
  const value = attributes[name];
  if (typeof value !== 'object' || !('type' in value))
    throw new Error(`internal: no type in attribute ${name}`);
  return dataType[value.type];
};

/** Shapes aligned at their ends; a size of one stretches. */
const broadcast = (a: readonly number[], b: readonly number[]): readonly number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => {
    const fromEnd = Math.max(a.length, b.length) - at;
    return Math.max(a.at(-fromEnd) ?? 1, b.at(-fromEnd) ?? 1);
  });

const sizeBytes: Readonly<Record<number, number>> = { [dataType.float32]: 4, [dataType.complex64]: 8 };

const same = (output: string): RecordedOperation => ({ outputs: [output], infer: ([x]) => [x!] });
const binary: RecordedOperation = {
  outputs: ['z'],
  infer: ([a, b]) => [{ dtype: a!.dtype, shape: broadcast(a!.shape, b!.shape) }],
};
const reduction: RecordedOperation = {
  outputs: ['output'],
  infer: ([x], { keep_dims }, constant) => {
    const axes = constant(1).map((axis) => (axis < 0 ? axis + x!.shape.length : axis));
    const shape = x!.shape.flatMap((size, axis) => (!axes.includes(axis) ? [size] : keep_dims ? [1] : []));
    return [{ dtype: x!.dtype, shape }];
  },
};
const product = (output: string, flagA: string, flagB: string): RecordedOperation => ({
  outputs: [output],
  infer: ([a, b], attributes) => [
    {
      dtype: a!.dtype,
      shape: [
        ...a!.shape.slice(0, -2),
        a!.shape.at(attributes[flagA] ? -1 : -2)!,
        b!.shape.at(attributes[flagB] ? -2 : -1)!,
      ],
    },
  ],
});
const scalar = (output: string): RecordedOperation => ({
  outputs: [output],
  infer: ([x]) => [{ dtype: x!.dtype, shape: [] }],
});
const update: RecordedOperation = { outputs: [], infer: () => [] };

/** Every operation that may be recorded. */
export const recordedOperations: Readonly<Record<string, RecordedOperation>> = {
  MatMul: product('product', 'transpose_a', 'transpose_b'),
  BatchMatMulV2: product('output', 'adj_x', 'adj_y'),
  AddV2: binary,
  Sub: binary,
  Mul: binary,
  RealDiv: binary,
  Minimum: binary,
  Square: same('y'),
  Sqrt: same('y'),
  Rsqrt: same('y'),
  Log: same('y'),
  Sigmoid: same('y'),
  ZerosLike: same('y'),
  Conj: same('output'),
  Softmax: same('softmax'),
  BiasAdd: same('output'),
  AddN: same('sum'),
  Sum: reduction,
  Max: reduction,
  Mean: reduction,
  L2Loss: scalar('output'),
  Reshape: {
    outputs: ['output'],
    infer: ([x], _, constant) => [{ dtype: x!.dtype, shape: constant(1) }],
  },
  Transpose: {
    outputs: ['y'],
    infer: ([x], _, constant) => [{ dtype: x!.dtype, shape: constant(1).map((axis) => x!.shape[axis]!) }],
  },
  Slice: {
    outputs: ['output'],
    infer: ([x], _, constant) => [{ dtype: x!.dtype, shape: constant(2) }],
  },
  Pad: {
    outputs: ['output'],
    infer: ([x], _, constant) => {
      const paddings = constant(1); // before and after each axis
      const shape = x!.shape.map((size, axis) => paddings[2 * axis]! + size + paddings[2 * axis + 1]!);
      return [{ dtype: x!.dtype, shape }];
    },
  },
  ConcatV2: {
    outputs: ['output'],
    infer: (inputs, { N }, constant) => {
      const [axis] = constant(Number(N));
      const parts = inputs.slice(0, Number(N));
      const size = parts.reduce((total, { shape }) => total + shape[axis!]!, 0);
      return [{ dtype: parts[0]!.dtype, shape: parts[0]!.shape.with(axis!, size) }];
    },
  },
  Unpack: {
    outputs: ['output'],
    infer: ([x], { num }) =>
      Array.from({ length: Number(num) }, () => ({ dtype: x!.dtype, shape: x!.shape.slice(1) })),
  },
  Pack: {
    outputs: ['output'],
    infer: ([x], { N, axis }) => [{ dtype: x!.dtype, shape: x!.shape.toSpliced(Number(axis), 0, Number(N)) }],
  },
  GatherV2: {
    outputs: ['output'],
    infer: ([table, ids]) => [{ dtype: table!.dtype, shape: [...ids!.shape, ...table!.shape.slice(1)] }],
  },
  GatherNd: {
    outputs: ['output'],
    // Places that name one entry each.
    infer: ([x, at]) => [{ dtype: x!.dtype, shape: at!.shape.slice(0, -1) }],
  },
  TensorScatterSub: { ...same('output'), overwrites: 0 },
  UnsortedSegmentSum: {
    outputs: ['output'],
    infer: ([rows, ids], _, constant) => [
      { dtype: rows!.dtype, shape: [...constant(2), ...rows!.shape.slice(ids!.shape.length)] },
    ],
  },
  Bitcast: {
    outputs: ['output'],
    infer: ([x], attributes) => {
      const dtype = typeAttribute(attributes, 'type');
      const [from, to] = [sizeBytes[x!.dtype]!, sizeBytes[dtype]!];
      const shape = from < to ? x!.shape.slice(0, -1) : from > to ? [...x!.shape, from / to] : x!.shape;
      return [{ dtype, shape }];
    },
  },
  SparseSoftmaxCrossEntropyWithLogits: {
    outputs: ['loss', 'backprop'],
    infer: ([logits]) => [{ dtype: logits!.dtype, shape: logits!.shape.slice(0, 1) }, logits!],
  },
  VarHandleOp: {
    outputs: ['resource'],
    // A variable's handle is given the variable's own shape.
    infer: (_, { shape }) => [
      {
        dtype: dataType.resource,
        shape: typeof shape === 'object' && 'shape' in shape ? shape.shape : [],
      },
    ],
  },
  ReadVariableOp: {
    outputs: ['value'],
    infer: ([resource], attributes) => [
      { dtype: typeAttribute(attributes, 'dtype'), shape: resource!.shape },
    ],
  },
  AssignVariableOp: update,
  AssignSubVariableOp: update,
  ResourceApplyAdam: update,
  [attentionKernel]: {
    outputs: ['mixed', 'log_sums'],
    infer: ([qkv, turns]) => {
      const [rows = 0, width = 0] = qkv!.shape;
      const [length = 1, pairs = 1] = turns!.shape.slice(-2);
      const shapes = [
        [rows, width / 3],
        [rows / length, width / 6 / pairs, length],
      ];
      return shapes.map((shape) => ({ dtype: qkv!.dtype, shape }));
    },
  },
  [attentionGradientKernel]: same('d_qkv'),
  [crossEntropyKernel]: {
    overwrites: 0,
    outputs: ['losses', 'slopes'],
    infer: ([logits]) => [{ dtype: logits!.dtype, shape: logits!.shape.slice(0, 1) }, logits!],
  },
  [geluKernel]: same('y'),
  [geluGradientKernel]: { outputs: ['dx'], overwrites: 1, infer: ([x]) => [x!] },
  [layerNormKernel]: {
    outputs: ['y', 'mean', 'inverse'],
    infer: ([x]) => {
      const perRow = { dtype: x!.dtype, shape: x!.shape.slice(0, 1) };
      return [x!, perRow, perRow];
    },
  },
  [layerNormGradientKernel]: {
    overwrites: 4,
    outputs: ['dx', 'd_gain', 'd_bias'],
    infer: ([x, gain]) => [x!, gain!, gain!],
  },
  [turnedProductKernel]: {
    outputs: ['product', 'sums'],
    infer: ([a, b]) => {
      const [m, n] = [a!.shape[1]!, b!.shape[1]!];
      return [[m, n], [m]].map((shape) => ({ dtype: a!.dtype, shape }));
    },
  },
};

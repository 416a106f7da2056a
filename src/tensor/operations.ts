/**
 * The operations of a transformer, each with its one gradient rule. Rows of activations are positions of all
 * sequences: [batch pos, d]. All is float32; handles belong to the caller's scope.
 */
import { type Handle, type Kernels, runOne } from './kernels.ts';
import type { Tape, Variable } from './tape.ts';

const T = { type: 'float32' } as const;
const float = { T } as const;
const reduce = { T, Tidx: { type: 'int32' }, keep_dims: false } as const;
const reduceKeep = { ...reduce, keep_dims: true } as const;
const reshaping = { T, Tshape: { type: 'int32' } } as const;
const transposing = { T, Tperm: { type: 'int32' } } as const;
const complex = { T: { type: 'complex64' } } as const;
const toComplex = { T, type: { type: 'complex64' } } as const;
const fromComplex = { T: { type: 'complex64' }, type: { type: 'float32' } } as const;

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

/** Primitive kernels under their usual names. */
const primitives = (kernels: Kernels) => {
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
    sumRows: (a: Handle): Handle => one('Sum', [a, integers([0])], reduce),
    sumLast: (a: Handle): Handle => one('Sum', [a, integers([-1])], reduceKeep),
    meanLast: (a: Handle): Handle => one('Mean', [a, integers([-1])], reduceKeep),
    reshape: (a: Handle, shape: readonly number[]): Handle => one('Reshape', [a, integers(shape)], reshaping),
    transpose: (a: Handle, order: readonly number[]): Handle =>
      one('Transpose', [a, integers(order)], transposing),
  };
};

const first = (variables: readonly Variable[]): Variable => {
  const [only] = variables;
  if (!only) throw new Error('internal: an operation without output');
  return only;
};

/** Rows of a table: table [vocab, d], ids int32 [n] -> [n, d]. */
export const embed = (tape: Tape, table: Variable, ids: Handle): Variable => {
  const { one } = primitives(tape.kernels);
  const axis = tape.kernels.tensor(Int32Array.of(0), []);
  const rows = one('GatherV2', [table.handle, ids, axis], {
    Tparams: T,
    Tindices: { type: 'int32' },
    Taxis: { type: 'int32' },
    batch_dims: 0,
  });
  const vocabSize = table.handle.shape[0] ?? 0;
  return first(
    tape.record([table], [rows], ([dRows]) => [
      () => {
        const count = tape.kernels.tensor(Int32Array.of(vocabSize), []);
        return one('UnsortedSegmentSum', [dRows!, ids, count], {
          T,
          Tindices: { type: 'int32' },
          Tnumsegments: { type: 'int32' },
        });
      },
    ]),
  );
};

/** y = x W^T + b: x [n, in], weight [out, in], bias [out] -> [n, out]; without a bias, y = x W^T. */
export const linear = (tape: Tape, x: Variable, weight: Variable, bias?: Variable): Variable => {
  const { matMul, sumRows, one } = primitives(tape.kernels);
  const product = matMul(x.handle, weight.handle, 'nt');
  const y = bias ? one('BiasAdd', [product, bias.handle]) : product;
  return first(
    tape.record(bias ? [x, weight, bias] : [x, weight], [y], ([dy]) => [
      () => matMul(dy!, weight.handle, 'nn'),
      () => matMul(dy!, x.handle, 'tn'),
      () => sumRows(dy!),
    ]),
  );
};

export const add = (tape: Tape, a: Variable, b: Variable): Variable =>
  first(
    tape.record([a, b], [primitives(tape.kernels).add(a.handle, b.handle)], ([dy]) => [() => dy!, () => dy!]),
  );

const layerNormEpsilon = 1e-5;

/** Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): x [n, d], gain [d], bias [d] -> [n, d]. */
export const layerNorm = (tape: Tape, x: Variable, gain: Variable, bias: Variable): Variable => {
  const { one, add, subtract, multiply, meanLast, sumRows, scalar } = primitives(tape.kernels);
  const centred = subtract(x.handle, meanLast(x.handle)); // [n, d]
  const variance = meanLast(one('Square', [centred])); // [n, 1]
  const inverse = one('Rsqrt', [add(variance, scalar(layerNormEpsilon))]); // [n, 1]
  const normal = multiply(centred, inverse); // [n, d]
  const y = add(multiply(normal, gain.handle), bias.handle);
  return first(
    tape.record([x, gain, bias], [y], ([dy]) => [
      () => {
        const dNormal = multiply(dy!, gain.handle);
        const along = multiply(normal, meanLast(multiply(dNormal, normal)));
        return multiply(inverse, subtract(subtract(dNormal, meanLast(dNormal)), along));
      },
      () => sumRows(multiply(dy!, normal)),
      () => sumRows(dy!),
    ]),
  );
};

const geluSlope = 2 * Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

/** GELU in its tanh form (Hendrycks and Gimpel 2016), as x sigmoid(u), u = 2 sqrt(2/pi) (x + 0.044715 x^3). */
export const gelu = (tape: Tape, x: Variable): Variable => {
  const { one, add, subtract, multiply, scalar } = primitives(tape.kernels);
  const square = one('Square', [x.handle]);
  const polynomial = add(multiply(square, scalar(geluSlope * geluCubic)), scalar(geluSlope));
  const gate = one('Sigmoid', [multiply(x.handle, polynomial)]);
  const y = multiply(x.handle, gate);
  return first(
    tape.record([x], [y], ([dy]) => [
      () => {
        const slope = add(multiply(square, scalar(3 * geluSlope * geluCubic)), scalar(geluSlope)); // du/dx
        const bend = multiply(multiply(y, subtract(scalar(1), gate)), slope);
        return multiply(dy!, add(gate, bend));
      },
    ]),
  );
};

/** qkv [batch pos, 3 d] -> q, k, v, each [batch, head, pos, dHead]. */
export const splitHeads = (tape: Tape, qkv: Variable, batch: number, nHeads: number): readonly Variable[] => {
  const { reshape, transpose, one } = primitives(tape.kernels);
  const [rows = 0, width = 0] = qkv.handle.shape;
  const parts = [batch, rows / batch, 3, nHeads, width / 3 / nHeads];
  const stacked = transpose(reshape(qkv.handle, parts), [2, 0, 3, 1, 4]); // [3, batch, head, pos, dHead]
  const split = tape.kernels.run('Unpack', [stacked], { T, num: 3, axis: 0 }, 3);
  return tape.record([qkv], split, (gradients) => [
    () => reshape(transpose(one('Pack', gradients, { T, N: 3, axis: 0 }), [1, 3, 0, 2, 4]), [rows, width]),
  ]);
};

/** [batch, head, pos, dHead] -> [batch pos, d] */
export const mergeHeads = (tape: Tape, x: Variable): Variable => {
  const { reshape, transpose } = primitives(tape.kernels);
  const [batch = 0, heads = 0, pos = 0, dHead = 0] = x.handle.shape;
  const merged = reshape(transpose(x.handle, [0, 2, 1, 3]), [batch * pos, heads * dHead]);
  return first(
    tape.record([x], [merged], ([dy]) => [
      () => transpose(reshape(dy!, [batch, pos, heads, dHead]), [0, 2, 1, 3]),
    ]),
  );
};

/**
 * Multiplies neighbouring pairs of the last axis, read as complex numbers, by given ones: with e^{i pos theta}
 * this is the rotary position embedding (Su et al. 2021).
 *
 * @param x [batch, head, pos, dHead]
 * @param factors complex64 [pos, dHead / 2]
 */
export const rotate = (tape: Tape, x: Variable, factors: Handle): Variable => {
  const { one, reshape } = primitives(tape.kernels);
  const { shape } = x.handle;
  const pairs = [...shape.slice(0, -1), (shape.at(-1) ?? 0) / 2, 2];
  const turn = (a: Handle, by: Handle): Handle => {
    const turned = one('Mul', [one('Bitcast', [reshape(a, pairs)], toComplex), by], complex);
    return reshape(one('Bitcast', [turned], fromComplex), shape);
  };
  return first(
    tape.record([x], [turn(x.handle, factors)], ([dy]) => [() => turn(dy!, one('Conj', [factors], complex))]),
  );
};

/** a b^T over the last two axes: [.., m, k], [.., n, k] -> [.., m, n]. */
export const scores = (tape: Tape, a: Variable, b: Variable): Variable => {
  const { batchMatMul } = primitives(tape.kernels);
  return first(
    tape.record([a, b], [batchMatMul(a.handle, b.handle, 'nt')], ([dy]) => [
      () => batchMatMul(dy!, b.handle, 'nn'),
      () => batchMatMul(dy!, a.handle, 'tn'),
    ]),
  );
};

/** a b over the last two axes: [.., m, k], [.., k, n] -> [.., m, n]. */
export const mix = (tape: Tape, a: Variable, b: Variable): Variable => {
  const { batchMatMul } = primitives(tape.kernels);
  return first(
    tape.record([a, b], [batchMatMul(a.handle, b.handle, 'nn')], ([dy]) => [
      () => batchMatMul(dy!, b.handle, 'nt'),
      () => batchMatMul(a.handle, dy!, 'tn'),
    ]),
  );
};

/** Softmax over the last axis of x + mask: x [.., pos, pos], mask [pos, pos] of 0 and very negative numbers. */
export const maskedSoftmax = (tape: Tape, x: Variable, mask: Handle): Variable => {
  const { one, add, subtract, multiply, sumLast } = primitives(tape.kernels);
  const p = one('Softmax', [add(x.handle, mask)]);
  return first(
    tape.record([x], [p], ([dp]) => [() => multiply(p, subtract(dp!, sumLast(multiply(dp!, p))))]),
  );
};

/** Mean cross-entropy in nats: logits [n, vocab], targets int32 [n] -> scalar. */
export const crossEntropy = (tape: Tape, logits: Variable, targets: Handle): Variable => {
  // Loss and slope in one section: apart, each of them is a pass over the largest tensor of a step.
  const [mean, slopes] = tape.kernels.section(
    'cross_entropy',
    [logits.handle, targets],
    (kernels, [predicted, wanted]) => {
      const { one, multiply, scalar, integers } = primitives(kernels);
      const [losses, backprop] = kernels.run(
        'SparseSoftmaxCrossEntropyWithLogits',
        [predicted!, wanted!],
        { T, Tlabels: { type: 'int32' } },
        2,
      );
      const rows = wanted!.shape[0] ?? 1;
      return [one('Mean', [losses!, integers([0])], reduce), multiply(backprop!, scalar(1 / rows))];
    },
  );
  const { multiply } = primitives(tape.kernels);
  return first(
    tape.record([logits], [mean!], ([dLoss]) => [
      () => (dLoss === tape.one ? slopes! : multiply(slopes!, dLoss!)),
    ]),
  );
};

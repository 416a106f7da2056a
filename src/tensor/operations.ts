/**
 * The operations of a transformer, each with its one gradient rule; attention has a file of its own. Rows of
 * activations are positions of all sequences: [batch pos, d]. All is float32; handles belong to the caller's scope.
 */
import { chosenKernels } from './chosen-kernels.ts';
import { fusedCrossEntropy, type RowLosses } from './fused-cross-entropy.ts';
import type { Handle, Kernels } from './kernels.ts';
import { first, primitives, reduce, T } from './primitives.ts';
import type { Tape, Variable } from './tape.ts';
import { turnedProduct } from './turned-product.ts';

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
  const { matMul, batchMatMul, sumRows, one, reshape } = primitives(tape.kernels);
  const [n = 0, inWidth = 0] = x.handle.shape;
  const [outWidth = 0] = weight.handle.shape;
  // The kernel for batches narrows a row in four fifths of the other's time; for the rest they are alike.
  const narrowed = (): Handle => {
    const [rows, columns] = [
      reshape(x.handle, [1, n, inWidth]),
      reshape(weight.handle, [1, outWidth, inWidth]),
    ];
    return reshape(batchMatMul(rows, columns, 'nt'), [n, outWidth]);
  };
  const product = inWidth > outWidth ? narrowed() : matMul(x.handle, weight.handle, 'nt');
  const y = bias ? one('BiasAdd', [product, bias.handle]) : product;
  return first(
    tape.record(bias ? [x, weight, bias] : [x, weight], [y], ([dy]) => [
      () => matMul(dy!, weight.handle, 'nn'),
      () =>
        chosenKernels() === 'own' ? turnedProduct(tape.kernels, dy!, x.handle) : matMul(dy!, x.handle, 'tn'),
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
  const { kernels } = tape;
  const [y, normal, inverse] = kernels.section(
    'layer_norm',
    [x.handle, gain.handle, bias.handle],
    (inner, [entries, scale, shift]) => {
      const { one, add, subtract, multiply, meanLast, scalar } = primitives(inner);
      const centred = subtract(entries!, meanLast(entries!)); // [n, d]
      const variance = meanLast(one('Square', [centred])); // [n, 1]
      const inverseSd = one('Rsqrt', [add(variance, scalar(layerNormEpsilon))]); // [n, 1]
      const unit = multiply(centred, inverseSd); // [n, d]
      return [add(multiply(unit, scale!), shift!), unit, inverseSd];
    },
  );
  const { sumRows } = primitives(kernels);
  return first(
    tape.record([x, gain, bias], [y!], ([dy]) => {
      const [dx, alongNormal] = kernels.section(
        'layer_norm_gradient',
        [normal!, inverse!, gain.handle, dy!],
        (inner, [unit, inverseSd, scale, dOut]) => {
          const { subtract, multiply, meanLast } = primitives(inner);
          const dUnit = multiply(dOut!, scale!); // [n, d]
          const along = multiply(unit!, meanLast(multiply(dUnit, unit!)));
          const across = subtract(subtract(dUnit, meanLast(dUnit)), along);
          return [multiply(inverseSd!, across), multiply(dOut!, unit!)];
        },
      );
      return [() => dx!, () => sumRows(alongNormal!), () => sumRows(dy!)];
    }),
  );
};

const geluSlope = 2 * Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

/** sigmoid(u), u = 2 sqrt(2/pi) (x + 0.044715 x^3), and x^2. */
const geluGate = (kernels: Kernels, x: Handle): { readonly gate: Handle; readonly square: Handle } => {
  const { one, add, multiply, scalar } = primitives(kernels);
  const square = one('Square', [x]);
  const polynomial = add(multiply(square, scalar(geluSlope * geluCubic)), scalar(geluSlope));
  return { gate: one('Sigmoid', [multiply(x, polynomial)]), square };
};

/**
 * GELU in its tanh form (Hendrycks and Gimpel 2016), as x sigmoid(u). The gradient computes the gate again: that
 * costs less than to keep it.
 */
export const gelu = (tape: Tape, x: Variable): Variable => {
  const { kernels } = tape;
  const y = kernels.section('gelu', [x.handle], (inner, [entries]) => [
    primitives(inner).multiply(entries!, geluGate(inner, entries!).gate),
  ]);
  return first(
    tape.record([x], y, ([dy]) => [
      () => {
        const [dx] = kernels.section('gelu_gradient', [x.handle, dy!], (inner, [entries, dOut]) => {
          const { add, subtract, multiply, scalar } = primitives(inner);
          const { gate, square } = geluGate(inner, entries!);
          const slope = add(multiply(square, scalar(3 * geluSlope * geluCubic)), scalar(geluSlope)); // du/dx
          const bend = multiply(multiply(multiply(entries!, gate), subtract(scalar(1), gate)), slope);
          return [multiply(dOut!, add(gate, bend))];
        });
        return dx!;
      },
    ]),
  );
};

const places = { Tparams: T, Tindices: { type: 'int32' } } as const;
const scattering = { T, Tindices: { type: 'int32' } } as const;

const composedCrossEntropy = (kernels: Kernels, logits: Handle, targets: Handle): RowLosses => {
  const { one, subtract, integers } = primitives(kernels);
  const [rows = 0] = targets.shape;
  const row = kernels.tensor(
    Int32Array.from({ length: rows }, (_, at) => at),
    [rows],
  );
  const at = one('Pack', [row, targets], { T: { type: 'int32' }, N: 2, axis: 1 }); // [n, 2]
  const greatest = (a: Handle): Handle => one('Max', [a, integers([-1])], reduce); // [n]
  const p = one('Softmax', [logits]); // [n, vocab]
  // Through the greatest entries: the target's own p may be too small for a float32.
  const logSum = subtract(greatest(logits), one('Log', [greatest(p)])); // [n]
  return {
    losses: subtract(logSum, one('GatherNd', [logits, at], places)), // [n]
    slopes: () => {
      const ones = kernels.tensor(new Float32Array(rows).fill(1), [rows]);
      return one('TensorScatterSub', [p, at, ones], scattering); // p - 1 at the targets
    },
  };
};

/**
 * Cross-entropy in nats, summed over rows: logits [n, vocab], targets int32 [n] -> scalar. The sum and not the mean,
 * whose share would be one more pass over the largest tensor of a step.
 */
export const crossEntropy = (tape: Tape, logits: Variable, targets: Handle): Variable => {
  const { kernels } = tape;
  const { one, multiply, integers } = primitives(kernels);
  const rowLosses = chosenKernels() === 'own' ? fusedCrossEntropy : composedCrossEntropy;
  const { losses, slopes } = rowLosses(kernels, logits.handle, targets);
  return first(
    tape.record([logits], [one('Sum', [losses, integers([0])], reduce)], ([dLoss]) => [
      () => (dLoss === tape.one ? slopes() : multiply(slopes(), dLoss!)),
    ]),
  );
};

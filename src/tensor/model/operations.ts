/**
 * The operations of a transformer, each with its one gradient rule; attention, layer normalisation and GELU have files
 * of their own. Rows of activations are positions of all sequences: [batch pos, d]. All is float32; handles belong to
 * the caller's scope.
 */
import { takesOwnKernels } from '../chosen-kernels.ts';
import type { Handle, Kernels } from '../kernels.ts';
import { fusedCrossEntropy, type RowLosses } from './fused-cross-entropy.ts';
import { first, primitives, reduce, T } from './primitives.ts';
import type { Tape, Variable } from './tape.ts';
import { type TurnedProduct, turnedProduct } from './turned-product.ts';

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
    tape.record(bias ? [x, weight, bias] : [x, weight], [y], ([dy]) => {
      const dx = (): Handle => matMul(dy!, weight.handle, 'nn');
      if (!takesOwnKernels('training')) return [dx, () => matMul(dy!, x.handle, 'tn'), () => sumRows(dy!)];
      let both: TurnedProduct | undefined;
      const turned = (): TurnedProduct => {
        both ??= turnedProduct(tape.kernels, dy!, x.handle);
        return both;
      };
      return [dx, () => turned().product, () => turned().sums];
    }),
  );
};

export const add = (tape: Tape, a: Variable, b: Variable): Variable =>
  first(
    tape.record([a, b], [primitives(tape.kernels).add(a.handle, b.handle)], ([dy]) => [() => dy!, () => dy!]),
  );

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
  const rowLosses = takesOwnKernels('training') ? fusedCrossEntropy : composedCrossEntropy;
  const { losses, slopes } = rowLosses(kernels, logits.handle, targets);
  return first(
    tape.record([logits], [one('Sum', [losses, integers([0])], reduce)], ([dLoss]) => [
      () => (dLoss === tape.one ? slopes() : multiply(slopes(), dLoss!)),
    ]),
  );
};

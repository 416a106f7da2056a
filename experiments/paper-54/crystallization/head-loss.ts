import type { Kernels } from 'reproducible-paper/tensor/kernels';
import { crossEntropy, linear } from 'reproducible-paper/tensor/model/operations';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { type FinalNorm, normalisedRows, type TokenPairs } from './fit-gain.ts';

/** Rows of logits at once: bounds memory at large vocabularies. */
const rowsAtOnce = 2048;

/**
 * Mean loss in nats of the tied head alone: -log softmax(E norm(E_x))_y over pairs (x, y).
 *
 * @param embedding [vocab, width]
 */
export const headLoss = (
  kernels: Kernels,
  embedding: Float64Array,
  width: number,
  finalNorm: FinalNorm,
  { x, y }: TokenPairs,
): number =>
  kernels.scope(() => {
    const tape = createTape(kernels);
    const table = variable(
      kernels.tensor(Float32Array.from(embedding), [embedding.length / width, width]),
      false,
    );
    let sum = 0;
    for (let from = 0; from < x.length; from += rowsAtOnce) {
      sum += kernels.scope(() => {
        const ids = x.subarray(from, from + rowsAtOnce);
        const rows = Float32Array.from(normalisedRows(embedding, width, ids, finalNorm));
        const predicted = linear(tape, variable(kernels.tensor(rows, [ids.length, width]), false), table);
        const targets = kernels.tensor(Int32Array.from(y.subarray(from, from + rowsAtOnce)), [ids.length]);
        return kernels.read(crossEntropy(tape, predicted, targets).handle)[0]!;
      });
    }
    return sum / x.length;
  });

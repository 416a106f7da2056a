import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { PaperError } from 'reproducible-paper/stage';
import type { TokenReader } from '../tokenizer/token-reader.ts';

/** Tokens and their successors, each [batch pos], batch by batch in row order. */
export interface Batch {
  readonly ids: Int32Array;
  readonly targets: Int32Array;
}

/** Windows at the given starts as one batch. */
export const batchAt = (tokens: TokenReader, starts: readonly number[], length: number): Batch => {
  const ids = new Int32Array(starts.length * length);
  const targets = new Int32Array(starts.length * length);
  starts.forEach((start, row) => {
    const window = tokens.slice(start, start + length + 1);
    ids.set(window.subarray(0, length), row * length);
    targets.set(window.subarray(1), row * length);
  });
  return { ids, targets };
};

/** Starts of the windows that tile a text without overlap. */
export const tiledStarts = (tokenCount: number, length: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((tokenCount - 1) / length)) }, (_, window) => window * length);

/** The first windows of a text, as batches in order: a fixed stretch to evaluate on. */
export const stretchOf = (
  tokens: TokenReader,
  length: number,
  windows: number,
  batchSize: number,
): readonly Batch[] => {
  const starts = tiledStarts(tokens.length, length).slice(0, windows);
  const batches: Batch[] = [];
  for (let from = 0; from < starts.length; from += batchSize) {
    batches.push(batchAt(tokens, starts.slice(from, from + batchSize), length));
  }
  return batches;
};

/**
 * The training batch of any step, computed from the seed and the step alone, so that a resumed training sees
 * what it would have seen: windows that tile the text, reshuffled every epoch; an epoch's last windows that do
 * not fill a batch are left out.
 *
 * @throws TextTooShort when the text does not fill one batch
 */
export const createBatches = (tokens: TokenReader, length: number, batchSize: number, seed: number) => {
  const starts = tiledStarts(tokens.length, length);
  const perEpoch = Math.floor(starts.length / batchSize);
  if (perEpoch === 0) {
    throw new PaperError('TextTooShort', 'the training text does not fill one batch.', {
      details: [`expected at least ${batchSize * length + 1} tokens; received ${tokens.length}`],
      hint: 'give a longer corpus, or lower the batch size or the context length.',
    });
  }
  let shuffled: { readonly epoch: number; readonly order: readonly number[] } | undefined;
  return (step: number): Batch => {
    const epoch = Math.floor((step - 1) / perEpoch);
    if (shuffled?.epoch !== epoch) {
      shuffled = { epoch, order: seededRandom(seed, `batches/epoch-${epoch}`).shuffle(starts) };
    }
    const from = ((step - 1) % perEpoch) * batchSize;
    return batchAt(tokens, shuffled.order.slice(from, from + batchSize), length);
  };
};

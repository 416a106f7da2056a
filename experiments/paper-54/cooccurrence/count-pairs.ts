import { type Tensor, vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import {
  sparseAdd,
  sparseFromTriplets,
  sparseMap,
  sparseTriplets,
  type Triplets,
} from 'reproducible-paper/numerics/sparse-matrix';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openTokens } from '../tokenizer/token-reader.ts';
import { pairCounts } from './pair-counts.ts';

const tripletTensors = (name: string, { rows, cols, values }: Triplets): Record<string, Tensor> => ({
  [`${name}.rows`]: vectorTensor('I32', rows),
  [`${name}.cols`]: vectorTensor('I32', cols),
  [`${name}.values`]: vectorTensor('F64', values),
});

/** Pairs up to five apart, each weighted by one over its distance: our third view beside the paper's two. */
const windowCounts = (ids: Int32Array, size: number, window: number): Triplets => {
  const at = (distance: number) =>
    sparseMap(sparseFromTriplets(size, size, pairCounts(ids, size, distance)), (count) => count / distance);
  let sum = at(1);
  for (let distance = 2; distance <= window; distance += 1) sum = sparseAdd(sum, at(distance));
  return sparseTriplets(sum);
};

/**
 * Co-occurrence counts of the first training tokens. `<|endoftext|>` is a token like any other, so a pair may
 * cross from one document into the next, as a training window does.
 */
export const countPairs = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'] },
  outputs: { counts: 'counts.safetensors' },
  params: z.strictObject({
    /** How many training tokens are counted, from the first on. */
    statisticsTokens: z.int().positive().default(500_000),
    /** The most frequent tokens, over which the paper's matrices are taken. */
    topTokens: z.int().positive().default(4000),
    /** Widest distance of the distance-weighted view. */
    window: z.int().positive().default(5),
  }),
  run: ({ params, inputs, outputs }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const ids = part('train').slice(0, params.statisticsTokens);
    if (ids.length < 2) {
      throw new PaperError('TooFewTokens', 'the training part holds too few tokens to count pairs.', {
        details: [`expected at least 2; received ${ids.length}`],
        hint: 'give a longer corpus.',
      });
    }
    const unigram = new Int32Array(vocabSize);
    for (const id of ids) unigram[id]! += 1;
    const top = Int32Array.from(
      [...unigram.keys()]
        .filter((id) => unigram[id]! > 0)
        .sort((a, b) => unigram[b]! - unigram[a]! || a - b)
        .slice(0, params.topTokens),
    );
    const placeOf = new Int32Array(vocabSize).fill(-1);
    top.forEach((id, place) => {
      placeOf[id] = place;
    });
    const places = ids.map((id) => placeOf[id]!);
    writeSafetensors(
      outputs.counts,
      {
        unigram: vectorTensor('I32', unigram),
        top: vectorTensor('I32', top),
        ...tripletTensors('k2', pairCounts(ids, vocabSize, 1)),
        ...tripletTensors('top.k2', pairCounts(places, top.length, 1)),
        // K_3[a, b] = sum over c of count(a, c, b), c over the whole stream: the pairs two apart.
        ...tripletTensors('top.k3-skip', pairCounts(places, top.length, 2)),
        ...tripletTensors('top.window', windowCounts(places, top.length, params.window)),
      },
      { vocabSize: String(vocabSize), statisticsTokens: String(ids.length) },
    );
  },
});

/**
 * The view that Paper 54 conjectures for Q: K_2 weighted by each layer's own attention, in the model space of the
 * run that attends.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { readSafetensors, type Tensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { z } from 'zod';
import { attentionMaps } from '../model/attention-maps.ts';
import { type ModelShape, modelShape } from '../model/model-shape.ts';
import { type Parameters, randomParameters, readParameters } from '../model/parameters.ts';
import { openTokens, type TokenReader } from '../tokenizer/token-reader.ts';
import { batchAt, tiledStarts } from '../training/batches.ts';
import { addAttention, pairPlaces, pairTriplets } from './attention-pairs.ts';
import { centredEmbedding, inverseRoot, rawImage, whiten } from './model-space.ts';
import { readCounts } from './read-counts.ts';
import { weightings } from './weightings.ts';

/** Windows that a forward pass takes at once. */
const windowsAtOnce = 8;

const params = z.strictObject({
  shape: modelShape,
  /** Windows of training text over which attention weights co-occurrence, from the first on. */
  attentionWindows: z.int().positive(),
  /** How the images are stored. */
  precision: z.enum(['F16', 'F32']).default('F32'),
});

interface Attended {
  readonly shape: ModelShape;
  readonly windows: number;
  readonly vocabSize: number;
  readonly parameters: Parameters;
  readonly train: TokenReader;
  /** Top tokens by frequency [top], and how often each occurs [vocab]. */
  readonly top: Int32Array;
  readonly unigram: Int32Array;
}

/** Whitened image of each layer's attention-weighted log1p K_2: [n, n] each. */
const attentionImages = async (
  { shape, windows, vocabSize, parameters, train, top, unigram }: Attended,
  la: LinearAlgebra,
): Promise<readonly Matrix[]> => {
  const { contextLength, nHeads, nLayers, dModel } = shape;
  const placeOf = new Int32Array(vocabSize).fill(-1);
  top.forEach((id, place) => {
    placeOf[id] = place;
  });
  const starts = tiledStarts(train.length, contextLength).slice(0, windows);
  const batches = Array.from(
    { length: Math.ceil(starts.length / windowsAtOnce) },
    (_, at) => batchAt(train, starts.slice(at * windowsAtOnce, (at + 1) * windowsAtOnce), contextLength).ids,
  );
  const { pairs, places } = pairPlaces(
    batches.map((ids) => ids.map((id) => placeOf[id]!)),
    top.length,
    contextLength,
  );
  const sums = Array.from({ length: nLayers }, () => new Float64Array(pairs.length));
  attentionMaps(nativeKernels(), shape, vocabSize, parameters, batches, (layer, batch, probabilities) =>
    addAttention(sums[layer]!, places[batch]!, probabilities, nHeads, contextLength),
  );
  const wte = matrix(vocabSize, dModel, Float64Array.from(parameters.get('wte.weight') ?? []));
  const e = centredEmbedding(
    wte,
    top,
    Float64Array.from(top, (id) => unigram[id]!),
  ); // [top, n]
  const whitening = inverseRoot(la.multiply(e, e, { transposeA: true }), la);
  return sums.map((layer) => {
    const weighted = sparseFromTriplets(top.length, top.length, pairTriplets(pairs, layer, top.length));
    return whiten(rawImage(weightings.log1p(weighted), e, la), whitening, la);
  });
};

/** A model and a text so small that the images take no time. */
const miniature = { vocabSize: 40, tokens: 400, windows: 12, top: 30 } as const;

const witnessMiniature = async (): Promise<readonly WitnessMark[]> => {
  const shape = modelShape.parse({ nLayers: 2, dModel: 16, nHeads: 2, contextLength: 16 });
  const random = seededRandom(1, 'attention-miniature');
  const train = Int32Array.from({ length: miniature.tokens }, () => random.integer(miniature.vocabSize));
  const unigram = new Int32Array(miniature.vocabSize);
  for (const id of train) unigram[id]! += 1;
  const images = await attentionImages(
    {
      shape,
      windows: miniature.windows,
      vocabSize: miniature.vocabSize,
      parameters: randomParameters(shape, miniature.vocabSize, 1, 'attention-miniature'),
      train,
      top: Int32Array.from({ length: miniature.top }, (_, id) => id),
      unigram,
    },
    await loadLinearAlgebra(),
  );
  return images.map(({ data }, layer) => ({
    at: `layer ${layer}`,
    numbers: { first: data[0]!, last: data.at(-1)! },
    digests: { image: sha256(data) },
  }));
};

const witness: WitnessDefinition<
  { counts: ['counts']; tokens: ['tokens']; v1: ['weights'] },
  z.output<typeof params>
> = {
  parts: { miniature: { needsInputs: false, run: witnessMiniature } },
  // Entries are of order one; attention is of float32.
  tolerance: { first: 1e-4, last: 1e-4 },
};

export const attentionViews = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], tokens: ['tokens'], v1: ['weights'] },
  outputs: { images: 'images.safetensors' },
  params,
  run: async ({ params: { shape, attentionWindows, precision }, inputs, outputs }) => {
    const { top, unigram, vocabSize } = readCounts(inputs.counts.counts);
    const weights = readSafetensors(inputs.v1.weights);
    const images = await attentionImages(
      {
        shape,
        windows: attentionWindows,
        vocabSize,
        parameters: readParameters(weights, shape, vocabSize),
        train: openTokens(inputs.tokens.tokens).part('train'),
        top,
        unigram,
      },
      await loadLinearAlgebra(),
    );
    const tensors = images.map(({ rows, cols, data }, layer): [string, Tensor] => [
      `K_2_attention_weighted.${layer}`,
      { dtype: precision, shape: [rows, cols], data: Float32Array.from(data) },
    ]);
    writeSafetensors(outputs.images, Object.fromEntries(tensors), {
      weighting: 'log1p',
      image: 'whitened',
      attentionWindows: String(attentionWindows),
      run: weights.metadata['run'] ?? '',
      seed: weights.metadata['seed'] ?? '',
    });
  },
  witness,
});

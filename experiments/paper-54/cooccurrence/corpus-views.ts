import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import type { LinearAlgebra, Matrix } from '../../../src/tensor/linear-algebra.ts';
import { transpose } from '../../../src/tensor/matrix.ts';
import { nativeKernels } from '../../../src/tensor/native-kernels.ts';
import {
  int32Of,
  matrixOf,
  matrixTensor,
  readSafetensors,
  type Tensor,
  vectorTensor,
  writeSafetensors,
} from '../../../src/tensor/safetensors.ts';
import { type SparseMatrix, sparseFromTriplets } from '../../../src/tensor/sparse-matrix.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { attentionMaps } from '../model/attention-maps.ts';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { batchAt, tiledStarts } from '../training/batches.ts';
import { createAttentionPairs } from './attention-pairs.ts';
import { centredEmbedding, eigenbasis, inverseRoot, rawImage, whiten } from './model-space.ts';
import { type Counts, readCounts } from './read-counts.ts';
import { weightings } from './weightings.ts';

/** Windows that a forward pass takes at once. */
const windowsAtOnce = 8;

const params = z.strictObject({
  shape: modelShape,
  /** Windows of training text over which attention weights co-occurrence. */
  attentionWindows: z.int().positive(),
});

/** Attention-weighted K_2 of each layer over the first windows of the training text, [top, top] each. */
const attentionWeighted = async (
  { shape, attentionWindows }: z.output<typeof params>,
  weightsPath: string,
  train: Int32Array,
  { top, vocabSize }: Counts,
): Promise<readonly SparseMatrix[]> => {
  const placeOf = new Int32Array(vocabSize).fill(-1);
  top.forEach((id, place) => {
    placeOf[id] = place;
  });
  const starts = tiledStarts(train.length, shape.contextLength).slice(0, attentionWindows);
  const batches = Array.from(
    { length: Math.ceil(starts.length / windowsAtOnce) },
    (_, index) =>
      batchAt(train, starts.slice(index * windowsAtOnce, (index + 1) * windowsAtOnce), shape.contextLength)
        .ids,
  );
  const layers = Array.from({ length: shape.nLayers }, () =>
    createAttentionPairs(top.length, shape.nHeads, shape.contextLength),
  );
  const parameters = readParameters(readSafetensors(weightsPath), shape, vocabSize);
  attentionMaps(
    await nativeKernels(),
    shape,
    vocabSize,
    parameters,
    batches,
    (layer, batch, probabilities) => {
      layers[layer]!.add(
        batches[batch]!.map((id) => placeOf[id]!),
        probabilities,
      );
    },
  );
  return layers.map((pairs) => sparseFromTriplets(top.length, top.length, pairs.triplets()));
};

/** Every weighting and image of the conjectured views, beside the main form: `<weighting>.<image>.<view>`. */
const variants = (
  counts: Counts,
  e: Matrix,
  whitening: Matrix,
  la: LinearAlgebra,
): Record<string, Matrix> => {
  const images: Record<string, Matrix> = {};
  for (const [weighting, weigh] of Object.entries(weightings)) {
    for (const [view, of] of Object.entries({ K_2: counts.topK2, K_3: counts.topK3Skip })) {
      const raw = rawImage(weigh(of), e, la);
      images[`${weighting}.raw.${view}`] = raw;
      images[`${weighting}.whitened.${view}`] = whiten(raw, whitening, la);
    }
  }
  return images;
};

/**
 * The corpus views as the analyses use them, in the model space of the run that is analysed: [n, n] each. Row:
 * the earlier token, column: the later one. The main form is log1p, whitened; `EtE` is raw.
 */
export const corpusViews = defineStage({
  module: import.meta.url,
  exportName: 'corpusViews',
  kind: 'numeric',
  inputs: { counts: ['counts'], tokens: ['tokens'], v1: ['weights'] },
  outputs: { views: 'views.safetensors' },
  params,
  run: async ({ params: options, inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
    const counts = readCounts(inputs.counts.counts);
    const train = int32Of(readSafetensors(inputs.tokens.tokens), 'train');
    const wte = matrixOf(readSafetensors(inputs.v1.weights), 'wte.weight');
    const e = centredEmbedding(
      wte,
      counts.top,
      Float64Array.from(counts.top, (id) => counts.unigram[id]!),
    );
    const c = la.multiply(e, e, { transposeA: true }); // [n, n]
    const whitening = inverseRoot(c, la);
    const view = (m: SparseMatrix): Matrix => whiten(rawImage(weightings.log1p(m), e, la), whitening, la);
    const k2 = view(counts.topK2);
    const k3 = view(counts.topK3Skip);
    const attention = await attentionWeighted(options, inputs.v1.weights, train, counts);
    const matrices: Record<string, Matrix> = {
      K_2: k2,
      // Whitening is symmetric, so the transpose's image is the image's transpose.
      K_2_T: transpose(k2),
      K_3: k3,
      K_3_skip: k3,
      K_window: view(counts.topWindow),
      EtE: c,
      embedding: e,
      whitening,
      eigenbasis: eigenbasis(k2, la),
      'EtE.eigenbasis': eigenbasis(c, la),
      ...variants(counts, e, whitening, la),
      ...Object.fromEntries(
        attention.map((pairs, layer) => [`K_2_attention_weighted.${layer}`, view(pairs)]),
      ),
    };
    const tensors: Record<string, Tensor> = { top: vectorTensor('I32', counts.top) };
    for (const [name, m] of Object.entries(matrices)) tensors[name] = matrixTensor(m);
    writeSafetensors(outputs.views, tensors, {
      weighting: 'log1p',
      image: 'whitened',
      attentionWindows: String(options.attentionWindows),
      run: 'v1',
    });
  },
});

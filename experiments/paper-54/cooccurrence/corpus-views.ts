import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import {
  matrixOf,
  matrixTensor,
  readSafetensors,
  type Tensor,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { embeddingOf } from './embedding-of.ts';
import { eigenbasis, inverseRoot, rawImage, whiten } from './model-space.ts';
import { type Counts, readCounts } from './read-counts.ts';
import { weightings } from './weightings.ts';

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
  kind: 'numeric',
  inputs: { counts: ['counts'], v1: ['weights'], attention: ['images'] },
  outputs: { views: 'views.safetensors' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const counts = readCounts(inputs.counts.counts);
    const e = embeddingOf(readSafetensors(inputs.v1.weights), counts);
    const c = la.multiply(e, e, { transposeA: true }); // [n, n]
    const whitening = inverseRoot(c, la);
    const view = (m: SparseMatrix): Matrix => whiten(rawImage(weightings.log1p(m), e, la), whitening, la);
    const k2 = view(counts.topK2);
    const k3 = view(counts.topK3Skip);
    const attention = readSafetensors(inputs.attention.images);
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
      ...Object.fromEntries([...attention.tensors.keys()].map((name) => [name, matrixOf(attention, name)])),
    };
    const tensors: Record<string, Tensor> = { top: vectorTensor('I32', counts.top) };
    for (const [name, m] of Object.entries(matrices)) tensors[name] = matrixTensor(m);
    writeSafetensors(outputs.views, tensors, {
      weighting: 'log1p',
      image: 'whitened',
      attentionWindows: attention.metadata['attentionWindows'] ?? '',
      run: attention.metadata['run'] ?? '',
      seed: attention.metadata['seed'] ?? '',
    });
  },
});

/** What T6 reads of a run beside its weights: made in a moment, where all the corpus views take several seconds. */
import { matrixTensor, readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { embeddingOf } from '../cooccurrence/embedding-of.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';

export const formViews = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { counts: ['counts'], v1: ['weights'], attention: ['images'] },
  outputs: { views: 'form-views.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const embedding = embeddingOf(readSafetensors(inputs.v1.weights), readCounts(inputs.counts.counts));
    const { tensors } = readSafetensors(inputs.attention.images);
    writeSafetensors(outputs.views, { ...Object.fromEntries(tensors), embedding: matrixTensor(embedding) });
  },
});

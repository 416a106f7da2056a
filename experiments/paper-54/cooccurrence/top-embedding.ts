import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import {
  matrixOf,
  matrixTensor,
  readSafetensors,
  type Safetensors,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { topRowsName } from '../training/reduced-run.ts';
import { embeddingOf } from './embedding-of.ts';
import { openCounts } from './open-counts.ts';

/** The top tokens' rows of wte as they are: [top, n]. */
const rowsOf = (run: Safetensors, top: Int32Array): Matrix => {
  if (run.tensors.has(topRowsName)) return matrixOf(run, topRowsName);
  const { cols, data } = matrixOf(run, 'wte.weight');
  const rows = new Float64Array(top.length * cols);
  top.forEach((id, place) => {
    rows.set(data.subarray(id * cols, (id + 1) * cols), place * cols);
  });
  return matrix(top.length, cols, rows);
};

const keepEmbedding = (path: string, countsPath: string, output: string): void => {
  const run = readSafetensors(path);
  const counts = openCounts(countsPath);
  writeSafetensors(output, {
    embedding: matrixTensor(embeddingOf(run, counts)),
    rows: matrixTensor(rowsOf(run, counts.top)),
  });
};

/** A run's embedding of the top tokens: as the analyses use it, and its rows as they are, [top, n] each. */
export const topEmbedding = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { counts: ['counts'], run: ['weights'] },
  outputs: { embedding: 'embedding.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => keepEmbedding(inputs.run.weights, inputs.counts.counts, outputs.embedding),
});

/** The same of an init. */
export const topEmbeddingOfInit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { counts: ['counts'], run: ['init'] },
  outputs: { embedding: 'embedding.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => keepEmbedding(inputs.run.init, inputs.counts.counts, outputs.embedding),
});

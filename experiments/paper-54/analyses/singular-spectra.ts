import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { normalised, quarterCircleQuantiles } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';

/** Normalised singular values of Q, K and V of each layer, and the quarter circle's quantiles as `MP`. */
export const singularSpectra = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'singular-spectra.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const rows = layers.flatMap((weights) => {
      const spectra = [
        ...matrixNames.map((name) => [name.toUpperCase(), la.singularValues(weights[name])] as const),
        ['MP', quarterCircleQuantiles(weights.q.rows)] as const,
      ];
      return spectra.flatMap(([matrix, sigma]) =>
        [...normalised(sigma, matrix)].map((p, index) => ({ layer: weights.layer, matrix, index, share: p })),
      );
    });
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: 'singular-spectra',
        columns: [nameColumn('layer'), nameColumn('matrix'), numberColumn('index'), numberColumn('share')],
        rows,
      },
    ]);
  },
});

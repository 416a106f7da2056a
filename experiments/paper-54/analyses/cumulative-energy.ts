import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { gaussianTriples, quantile } from '../controls/gaussian-null.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { nullParams } from './layer-table.ts';
import { count, layerColumn, numberColumn, share, writeResults } from './result-file.ts';
import { topEnergy } from './spectrum.ts';

/** Energy of Q K^T in its k leading singular values, and the same of Gaussian matrices as an interval. */
export const cumulativeEnergy = defineStage({
  module: import.meta.url,
  exportName: 'cumulativeEnergy',
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'cumulative-energy.json' },
  params: nullParams,
  run: async ({ params, inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const { q, nHeads } = layers[0]!;
    const spectrumOf = (a: typeof q, b: typeof q) =>
      la.singularValues(la.multiply(a, b, { transposeB: true }));
    const drawn = gaussianTriples(q.rows, nHeads, params.nullDraws, params.nullSeed).map((draw) =>
      spectrumOf(draw.q, draw.k),
    );
    const ks = Array.from({ length: q.rows }, (_, index) => index + 1);
    const bounds = ks.map((k) => {
      const energies = drawn.map((sigma) => topEnergy(sigma, k, 'Q K^T'));
      return { 'null-low': quantile(energies, 0.025), 'null-high': quantile(energies, 0.975) };
    });
    const rows = layers.flatMap((weights) => {
      const sigma = spectrumOf(weights.q, weights.k);
      return ks.map((k, index) => ({
        layer: weights.layer,
        k,
        energy: topEnergy(sigma, k, 'Q K^T'),
        ...bounds[index]!,
      }));
    });
    writeResults(outputs.result, {
      results: [
        {
          kind: 'series',
          id: 'cumulative-energy',
          columns: [
            layerColumn,
            numberColumn('k', 'leading singular values', count),
            numberColumn('energy', 'share of energy', share(1)),
            numberColumn('null-low', 'null, lower bound', share(1)),
            numberColumn('null-high', 'null, upper bound', share(1)),
          ],
          rows,
        },
      ],
    });
  },
});

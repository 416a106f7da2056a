/** Points of the figures that no table holds: loss curves, spectra, cumulative energies. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { gaussianTriples, quantile } from '../controls/gaussian-null.ts';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import type { CurvePoint } from '../training/checkpoint.ts';
import { nullParams } from './layer-table.ts';
import { count, fixed, layerColumn, numberColumn, share, wordColumn, writeResults } from './result-file.ts';
import { normalised, quarterCircleQuantiles, topEnergy } from './spectrum.ts';

/** Loss of each training batch, and of the fixed stretch of held-out text where it was evaluated. */
export const lossCurves = defineStage({
  module: import.meta.url,
  exportName: 'lossCurves',
  kind: 'numeric',
  inputs: { v1: ['curve'], ctSft: ['curve'] },
  outputs: { result: 'loss-curves.json' },
  params: z.strictObject({
    /** Training batches between two points: more would only blacken the figure. */
    every: z.int().positive().default(5),
  }),
  run: ({ params: { every }, inputs, outputs }) => {
    const rows = [inputs.v1.curve, inputs.ctSft.curve].flatMap((path) => {
      const { run, points } = JSON.parse(readFileSync(path, 'utf8')) as { run: string; points: CurvePoint[] };
      return points.flatMap(({ step, trainLossNats, heldOutLossNats }) => [
        ...(step % every === 1 || every === 1 ? [{ run, text: 'training', step, loss: trainLossNats }] : []),
        ...(heldOutLossNats === undefined ? [] : [{ run, text: 'held out', step, loss: heldOutLossNats }]),
      ]);
    });
    writeResults(outputs.result, {
      results: [
        {
          kind: 'series',
          id: 'loss-curves',
          columns: [
            wordColumn('run', 'run'),
            wordColumn('text', 'text'),
            numberColumn('step', 'step', count),
            numberColumn('loss', 'loss', fixed(3), 'nats/token'),
          ],
          rows,
        },
      ],
    });
  },
});

/** Normalised singular values of Q, K and V of each layer, and the quarter circle's quantiles as `MP`. */
export const singularSpectra = defineStage({
  module: import.meta.url,
  exportName: 'singularSpectra',
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'singular-spectra.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
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
    writeResults(outputs.result, {
      results: [
        {
          kind: 'series',
          id: 'singular-spectra',
          columns: [
            layerColumn,
            wordColumn('matrix', 'matrix'),
            numberColumn('index', 'index', count),
            numberColumn('share', 'share of the sum', fixed(5)),
          ],
          rows,
        },
      ],
    });
  },
});

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

import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { energyCurve } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Figures, readGaussianNull, summariesOf } from '../controls/gaussian-null.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { kernelSpectrum } from './low-rank-kernel.ts';

export const energyTable = 'cumulative-energy';

/** Share of the energy of Q K^T in its k leading singular values [n] */
const curveOf = (layer: AttentionWeights, la: LinearAlgebra): readonly number[] =>
  energyCurve(kernelSpectrum(layer, la), 'Q K^T');

/** The same by k. */
export const energiesOf = (layer: AttentionWeights, la: LinearAlgebra): Figures =>
  Object.fromEntries(curveOf(layer, la).map((energy, index) => [index + 1, energy]));

/** Energy of Q K^T in its k leading singular values, and the same of Gaussian matrices as an interval. */
export const cumulativeEnergy = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], null: ['figures'] },
  outputs: { result: 'cumulative-energy.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const nulls = summariesOf(readGaussianNull(inputs.null.figures), energyTable, (draw) =>
      energiesOf(draw, la),
    );
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const rows = layers.flatMap((weights) =>
      curveOf(weights, la).map((energy, index) => {
        const { low, high } = nulls[index + 1]!;
        return { layer: weights.layer, k: index + 1, energy, 'null-low': low, 'null-high': high };
      }),
    );
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: energyTable,
        columns: [
          nameColumn('layer'),
          numberColumn('k'),
          numberColumn('energy'),
          numberColumn('null-low'),
          numberColumn('null-high'),
        ],
        rows,
      },
    ]);
  },
});

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { energyCurve } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Figures, readGaussianNull, summariesOf } from '../controls/gaussian-null.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { kernelSpectrum, lowRankKernelTable } from './low-rank-kernel.ts';

/** Share of the energy of Q K^T in its k leading singular values [n] */
const curveOf = (sigma: Float64Array): readonly number[] => energyCurve(sigma, 'Q K^T');

const energyId = (k: number): string => `energy-${k}`;

/** The same by k. */
export const energiesOf = (sigma: Float64Array): Figures =>
  Object.fromEntries(curveOf(sigma).map((energy, index) => [energyId(index + 1), energy]));

/** Energy of Q K^T in its k leading singular values, and the same of Gaussian matrices as an interval. */
export const cumulativeEnergy = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], null: ['figures'] },
  outputs: { result: 'cumulative-energy.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const kept = readGaussianNull(inputs.null.figures);
    const nulls = summariesOf(kept, lowRankKernelTable.id, (draw) => energiesOf(kernelSpectrum(draw, la)));
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const rows = layers.flatMap((weights) =>
      curveOf(kernelSpectrum(weights, la)).map((energy, index) => {
        const { low, high } = nulls[energyId(index + 1)]!;
        return { layer: weights.layer, k: index + 1, energy, 'null-low': low, 'null-high': high };
      }),
    );
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: 'cumulative-energy',
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

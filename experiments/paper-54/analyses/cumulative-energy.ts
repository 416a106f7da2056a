import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { energyCurve } from 'reproducible-paper/numerics/spectrum';
import { quantile } from 'reproducible-paper/numerics/summarise-null';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { drawsOf, readNullDraws } from '../controls/null-draws.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { energyId, kernelSpectrum } from './low-rank-kernel.ts';

/** Energy of Q K^T in its k leading singular values, and the same of Gaussian matrices as an interval. */
export const cumulativeEnergy = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], null: ['draws'] },
  outputs: { result: 'cumulative-energy.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const draws = readNullDraws(inputs.null.draws);
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const bounds = Array.from({ length: layers[0]!.q.rows }, (_, index) => {
      const energies = drawsOf(draws, energyId(index + 1));
      return { 'null-low': quantile(energies, 0.025), 'null-high': quantile(energies, 0.975) };
    });
    const rows = layers.flatMap((weights) =>
      energyCurve(kernelSpectrum(weights, la), 'Q K^T').map((energy, index) => ({
        layer: weights.layer,
        k: index + 1,
        energy,
        ...bounds[index]!,
      })),
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

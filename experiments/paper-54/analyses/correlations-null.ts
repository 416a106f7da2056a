/** The null of the correlations: what Gaussian matrices of the same shape show with the same views. */
import { writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openGaussianDraws } from '../controls/gaussian-draws.ts';
import { correlateDraws } from './correlate-layers.ts';

/** A stage of its own, so that the table can be computed where the draws, 0.2 GB of them, are not at hand. */
export const correlationsNull = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { views: ['views'], gaussian: ['draws'] },
  outputs: { draws: 'correlations-null.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs, report }) => {
    const { count, triples } = openGaussianDraws(inputs.gaussian.draws);
    const drawn = correlateDraws(readSafetensors(inputs.views.views), triples(), (done) =>
      report({ done, total: count }),
    );
    writeFileSync(outputs.draws, JSON.stringify(drawn));
  },
});

/** T1 to T5, band energies and their nulls' means computed anew by numpy from counts and weights. */
import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';
import { checkParams, drawParams } from './check-params.ts';
import { ofSeeds } from './of-seeds.ts';

export const independentViewCheck = (seeds: readonly number[]) =>
  pythonStage({
    module: import.meta.url,
    script: './check-views.py',
    requirements: './requirements.txt',
    kind: 'numeric',
    inputs: {
      counts: ['counts'],
      viewTest: ['result'],
      ...ofSeeds(seeds, ['v1'], 'weights'),
      ...ofSeeds(seeds, ['attention'], 'images'),
      ...ofSeeds(seeds, ['correlations', 'bands'], 'result'),
    },
    outputs: { result: 'independent-view-check.json', differences: 'differences.json' },
    params: z.strictObject({ ...checkParams, ...drawParams, subspace: z.int().positive() }),
  });

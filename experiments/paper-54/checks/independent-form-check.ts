/** T6 computed anew by numpy from counts and weights: every head, what is pooled of them, and the nulls' means. */
import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';
import { checkParams, drawParams } from './check-params.ts';
import { ofSeeds } from './of-seeds.ts';

export const independentFormCheck = (seeds: readonly number[]) =>
  pythonStage({
    module: import.meta.url,
    script: './check-forms.py',
    requirements: './requirements.txt',
    kind: 'numeric',
    inputs: {
      counts: ['counts'],
      summary: ['result'],
      power: ['result'],
      ...ofSeeds(seeds, ['v1'], 'weights'),
      ...ofSeeds(seeds, ['attention'], 'images'),
      ...ofSeeds(seeds, ['form', 'structure'], 'result'),
      ...ofSeeds(seeds, ['cells'], 'cells'),
    },
    outputs: { result: 'independent-form-check.json', differences: 'differences.json' },
    params: z.strictObject({
      ...checkParams,
      ...drawParams,
      deltas: z.array(z.int().nonnegative()).min(1),
      /** The distance of the primary family. */
      primary: z.int().nonnegative(),
      /** Of each of the page's nulls. */
      draws: z.int().min(2),
      frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
    }),
  });

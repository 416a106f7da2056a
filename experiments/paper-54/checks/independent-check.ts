/** Paper 54's invariants computed anew by numpy from the weights alone; it fails where the page's tables differ. */
import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';
import { checkParams } from './check-params.ts';
import { ofSeeds } from './of-seeds.ts';

export const independentCheck = (seeds: readonly number[]) =>
  pythonStage({
    module: import.meta.url,
    script: './check-invariants.py',
    requirements: './requirements.txt',
    kind: 'numeric',
    inputs: {
      cumulative: ['result'],
      ...ofSeeds(seeds, ['v1', 'v1Init', 'ctSft', 'ctInit'], 'weights'),
      ...ofSeeds(
        seeds,
        ['twinning', 'crescendo', 'lowRank', 'form', 'asymmetry', 'heads', 'drift', 'geometry', 'against'],
        'result',
      ),
    },
    outputs: { result: 'independent-check.json', differences: 'differences.json' },
    params: z.strictObject({
      ...checkParams,
      ropeBase: z.number().positive(),
      /** Of `projection-geometry`. */
      distances: z.array(z.int().positive()).min(1),
    }),
  });

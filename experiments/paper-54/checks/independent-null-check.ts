/** Aligned solutions computed anew by numpy, and the means of the invariants' nulls by its own draws. */
import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';
import { checkParams, drawParams } from './check-params.ts';
import { ofSeeds } from './of-seeds.ts';

export const independentNullCheck = (seeds: readonly number[]) =>
  pythonStage({
    module: import.meta.url,
    script: './check-nulls.py',
    requirements: './requirements.txt',
    kind: 'numeric',
    inputs: {
      counts: ['counts'],
      aligned: ['result'],
      sameStart: ['weights'],
      ...ofSeeds(seeds, ['v1', 'ctSft'], 'weights'),
      ...ofSeeds(seeds, ['v1Init', 'ctInit'], 'init'),
      ...ofSeeds(seeds, ['twinning', 'lowRank', 'form', 'asymmetry', 'heads', 'against'], 'result'),
    },
    outputs: { result: 'independent-null-check.json', differences: 'differences.json' },
    params: z.strictObject({
      ...checkParams,
      ...drawParams,
      /** Of the page's null of the real share. */
      eigenvalueDraws: z.int().min(2),
    }),
  });

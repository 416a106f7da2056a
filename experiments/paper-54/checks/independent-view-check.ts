/** T1 to T6 and their nulls' means computed anew by numpy from counts and weights; it fails where the page's tables differ. */
import { pythonStage } from 'reproducible-paper/python';
import { alikeInputs } from 'reproducible-paper/stage';
import { z } from 'zod';

export const independentViewCheck = (seeds: readonly number[]) => {
  const named = (name: string): string[] => seeds.map((seed) => `${name}-${seed}`);
  return pythonStage({
    module: import.meta.url,
    script: './check-views.py',
    requirements: './requirements.txt',
    kind: 'numeric',
    inputs: {
      counts: ['counts'],
      viewTest: ['result'],
      ...alikeInputs(named('v1'), 'weights'),
      ...alikeInputs(named('attention'), 'images'),
      ...alikeInputs(named('correlations'), 'result'),
      ...alikeInputs(named('form'), 'result'),
      ...alikeInputs(named('structure'), 'result'),
    },
    outputs: { result: 'independent-view-check.json', differences: 'differences.json' },
    params: z.strictObject({
      /** Largest difference of a cell, relative to its column's largest magnitude: as of the invariants. */
      tolerance: z.number().positive(),
      seeds: z.array(z.int().nonnegative()).min(1),
      subspace: z.int().positive(),
      frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
    }),
  });
};

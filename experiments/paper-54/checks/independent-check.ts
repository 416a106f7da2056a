/** Paper 54's invariants computed anew by numpy from the weights alone; it fails where the page's tables differ. */
import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';

export const independentCheck = pythonStage({
  module: import.meta.url,
  script: './check-invariants.py',
  requirements: './requirements.txt',
  kind: 'numeric',
  inputs: {
    v1: ['weights'],
    v1Init: ['init'],
    ctSft: ['weights'],
    ctInit: ['init'],
    twinning: ['result'],
    crescendo: ['result'],
    lowRank: ['result'],
    form: ['result'],
    asymmetry: ['result'],
    drift: ['result'],
  },
  outputs: { result: 'independent-check.json', differences: 'differences.json' },
  params: z.strictObject({
    /**
     * Largest difference of a cell, relative to its column's largest magnitude. Both sides compute in float64 from the
     * same weights, and were seen to differ by 3e-13 at most; another library's decompositions may lose a few digits
     * more, and one bit of one weight shows at 1e-5.
     */
    tolerance: z.number().positive(),
  }),
});

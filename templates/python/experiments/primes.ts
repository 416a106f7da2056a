import { pythonStage } from 'reproducible-paper/python';
import { z } from 'zod';

/** A requirements.txt beside it would bring locked packages: see docs/stages-in-any-language.md. */
export const primes = pythonStage({
  module: import.meta.url,
  script: './primes.py',
  kind: 'exact',
  inputs: {},
  outputs: { result: 'primes.json' },
  params: z.strictObject({
    /** Up to and with which primes are counted; a row each. */
    limits: z.array(z.int().min(2)).min(1),
  }),
});

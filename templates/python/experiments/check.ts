/** Counts the primes again, by another method in another language. */
import { writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { countPrimes } from './count-primes.ts';

export const check = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { primes: ['result'] },
  outputs: { result: 'check.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const { replicates } = readTable(inputs.primes.result, 'primes');
    const differences = replicates[0]!.rows.map(({ limit, primes }) =>
      Math.abs(Number(primes) - countPrimes(Number(limit))),
    );
    writeResults(outputs.result, [
      { kind: 'value', id: 'largest-difference', unit: 'primes', value: Math.max(...differences) },
    ]);
  },
});

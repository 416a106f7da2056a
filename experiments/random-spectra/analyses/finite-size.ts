/**
 * How fast the divergences, which no closed form gives at finite n, fall: a power law fitted over n to each seed's figures,
 * so that its error is the spread over seeds.
 */

import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { fitPowerLaw } from '../laws/fit-power-law.ts';

const divergences = ['kl-to-law', 'kl-of-two'] as const;

export const finiteSize = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { square: ['result'] },
  outputs: { result: 'finite-size.json' },
  params: z.strictObject({
    /** Where the fitted law is read off: the size of the matrices that it is a null for. */
    at: z.int().positive(),
  }),
  run: ({ params: { at }, inputs, outputs }) => {
    const { replicates } = readTable(inputs.square.result, 'square-matrices');
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'finite-size',
        run: null,
        columns: [
          nameColumn('divergence'),
          numberColumn('exponent'),
          numberColumn('scale', 'nats'),
          numberColumn('at-size', 'nats'),
        ],
        replicates: replicates.map(({ seed, rows }) => ({
          seed: seed!,
          rows: divergences.map((divergence) => {
            const { exponent, scale } = fitPowerLaw(
              rows.map((row) => [Number(row['n']), Number(row[divergence])] as const),
            );
            return { divergence, exponent, scale, 'at-size': scale * at ** exponent };
          }),
        })),
      },
      { kind: 'value', id: 'finite-size-at', unit: null, value: at },
    ]);
  },
});

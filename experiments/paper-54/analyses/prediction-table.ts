import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { divergencesSchema } from './prediction-divergence.ts';

/** The divergences of predictions as the page reads them. */
export const predictionTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { kept: ['divergences'] },
  outputs: { result: 'prediction-divergence.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) =>
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'prediction-divergence',
        run: 'v1 and ct-sft of the first seed',
        keys: ['of', 'from'],
        columns: [
          nameColumn('of'),
          nameColumn('from'),
          numberColumn('nats', 'nats/token'),
          numberColumn('positions'),
        ],
        rows: divergencesSchema.parse(JSON.parse(readFileSync(inputs.kept.divergences, 'utf8'))),
      },
    ]),
});

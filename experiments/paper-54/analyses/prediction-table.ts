import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { nameColumn, numberColumn, writeResults } from '../../../src/results/index.ts';
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

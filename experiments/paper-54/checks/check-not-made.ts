/** Stands in the place of the independent check where no Python can make it: the page then says so. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { count, numberColumn, scientific, wordColumn, writeResults } from '../analyses/result-file.ts';

export const checkNotMade = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'independent-check.json' },
  params: z.strictObject({ reason: z.string().min(1) }),
  run: ({ params, outputs }) =>
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'independent-check',
          run: null,
          columns: [
            wordColumn('table', 'table'),
            numberColumn('cells', 'cells compared', count),
            numberColumn('tolerance', 'tolerance', scientific(0)),
          ],
          rows: [{ table: `not made: ${params.reason}`, cells: null, tolerance: null }],
          nullModel: null,
        },
      ],
    }),
});

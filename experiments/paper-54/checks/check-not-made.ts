/** Stands in the place of the independent check where no Python can make it: the page then says so. */
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';

const nothing = { tolerance: null, measure: null, largest: null };

export const checkNotMade = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'check-not-made.json' },
  params: z.strictObject({
    reason: z.string().min(1),
    /** The table that the check would write. */
    table: z.string().min(1),
  }),
  run: ({ params, outputs }) =>
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: params.table,
        run: null,
        columns: [
          nameColumn('table'),
          numberColumn('cells'),
          numberColumn('tolerance'),
          nameColumn('measure'),
          numberColumn('largest'),
        ],
        rows: [
          { table: `not made: ${params.reason}`, ...nothing, cells: null },
          // What the text counts.
          { table: 'all', ...nothing, cells: 0 },
        ],
      },
    ]),
});

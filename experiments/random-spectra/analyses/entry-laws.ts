/** The same figures for entries of other laws: what depends on the entries' law, and what on their independence alone. */

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { nameColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { entryLaws } from '../matrices/draw-matrix.ts';
import { squareColumns, squareFigures } from './square.ts';

export const entryLawTable = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'entry-laws.json' },
  params: z.strictObject({
    n: z.int().positive().multipleOf(8),
    seeds: z.array(z.int().nonnegative()).min(2),
  }),
  run: async ({ params: { n, seeds }, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const replicates = seeds.map((seed, done) => {
      report({ done, total: seeds.length });
      return {
        seed,
        rows: entryLaws.map((entries): Row => ({ entries, ...squareFigures(n, seed, entries, la) })),
      };
    });
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'entry-laws',
        run: null,
        columns: [nameColumn('entries'), ...squareColumns],
        replicates,
      },
      { kind: 'value', id: 'entry-laws-size', unit: null, value: n },
    ]);
  },
});

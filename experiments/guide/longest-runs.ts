/** The longest run of heads of a loaded coin, beside that of a fair one: the null. */
// #region stage
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { longestRun, longestRunLaw } from './longest-run.ts';

export const longestRuns = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'longest-runs.json' },
  params: z.strictObject({
    /** In a row of throws; a line of the table each. */
    throws: z.array(z.int().positive()).min(2),
    /** Probability of heads. */
    heads: z.number().gt(0).lt(1),
    /** Rows of throws that a mean is taken over. */
    rows: z.int().positive(),
    /** Of the null. */
    draws: z.int().min(2),
    seed: z.int().nonnegative(),
  }),
  run: ({ params: { throws, heads, rows, draws, seed }, outputs }) => {
    const meanRun = (stream: string, length: number, probability: number): number => {
      const random = seededRandom(seed, `${stream}/${length}`);
      const runs = Array.from({ length: rows }, () => longestRun(random, length, probability));
      return runs.reduce((sum, run) => sum + run, 0) / rows;
    };
    const nullOf = (length: number) =>
      summariseNull(Array.from({ length: draws }, (_, draw) => meanRun(`fair/${draw}`, length, 0.5)));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'longest-runs',
        run: null,
        nullDraws: draws,
        columns: [nameColumn('throws'), numberColumn('run', 'throws')],
        rows: throws.map((length) => ({
          throws: length,
          run: {
            value: meanRun('loaded', length, heads),
            null: nullOf(length),
            beside: { law: longestRunLaw(length, heads) },
          },
        })),
      },
      { kind: 'value', id: 'heads', unit: null, value: heads },
    ]);
  },
});
// #endregion

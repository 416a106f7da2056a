/** How much longer the longest run gets as the throws double: the slope of a line through the table of one seed. */
import { writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { slope } from './slope.ts';

// #region stage
export const growth = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { runs: ['result'] },
  outputs: { result: 'growth.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const { replicates } = readTable(inputs.runs.result, 'longest-runs');
    const points = replicates[0]!.rows.map(
      ({ throws, run }) => [Math.log2(Number(throws)), Number(run)] as const,
    );
    writeResults(outputs.result, [{ kind: 'value', id: 'growth', unit: 'throws', value: slope(points) }]);
  },
});
// #endregion

/** The learning rates that were tried at the paper's size, once, and the held-out loss of each: as recorded. */
import { numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import recorded from '../published/learning-rate-grid.json' with { type: 'json' };

export const lowestRate = (
  rows: readonly { readonly learningRate: number; readonly heldOutLossNats: number }[],
): number =>
  rows.reduce((best, row) => (row.heldOutLossNats < best.heldOutLossNats ? row : best)).learningRate;

/** @throws RateNotOfTheGrid when another rate is used than the grid's best */
export const requireRateOfTheGrid = (used: number, best: number): void => {
  if (used === best) return;
  throw new PaperError('RateNotOfTheGrid', 'the trainings use another learning rate than the grid chose.', {
    details: [`expected ${best}, which has the lowest held-out loss of the grid; received ${used}`],
    hint: `set learningRate: ${best} in the paper profile of config.ts, or run the grid again and record it.`,
  });
};

export const learningRateGrid = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'learning-rate-grid.json' },
  params: z.strictObject({
    /** The rate of the published runs. */
    used: z.number(),
  }),
  run: ({ params: { used }, outputs }) => {
    requireRateOfTheGrid(used, lowestRate(recorded.rows));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'learning-rate-grid',
        run: `${recorded.run}, seed ${recorded.seed}, ${recorded.steps} steps`,
        columns: [
          numberColumn('rate'),
          numberColumn('loss', 'nats/token'),
          numberColumn('train-loss', 'nats/token'),
        ],
        keys: ['rate'],
        rows: recorded.rows.map(({ learningRate, heldOutLossNats, trainLossNats }) => ({
          rate: learningRate,
          loss: heldOutLossNats,
          'train-loss': trainLossNats,
        })),
      },
    ]);
  },
});

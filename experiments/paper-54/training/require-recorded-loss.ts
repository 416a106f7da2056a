import { PaperError } from 'reproducible-paper/stage';

/**
 * A training evaluates its weights as they are stored, on the same text: what is left is float32's order of sums,
 * from one machine class to another.
 */
export const toleranceNats = 1e-3;

/**
 * @param run for the reader of an error, for example `v1`
 * @throws RecordedLossDiffers when published weights do not give the loss that was recorded with them
 */
export const requireRecordedLoss = (run: string, recordedNats: number, computedNats: number): void => {
  if (Math.abs(recordedNats - computedNats) <= toleranceNats) return;
  throw new PaperError(
    'RecordedLossDiffers',
    `the weights of ${run} do not give the held-out loss that was recorded with them.`,
    {
      details: [
        `expected ${recordedNats} nats within ${toleranceNats}; received ${computedNats}`,
        'the loss was recorded of the weights as they are stored, on the same text',
      ],
      hint: `weights and curve are of different runs, or the model's code changed: make the run again with \`npm run train -- train-${run}\`.`,
    },
  );
};

import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readCurve } from '../training/run-curve.ts';
import { count, fixed, numberColumn, wordColumn, writeResults } from './result-file.ts';

/** Loss of each training batch, and of the fixed stretch of held-out text where it was evaluated. */
export const lossCurves = defineStage({
  module: import.meta.url,
  exportName: 'lossCurves',
  kind: 'numeric',
  inputs: { v1: ['curve'], ctSft: ['curve'] },
  outputs: { result: 'loss-curves.json' },
  params: z.strictObject({
    /** Training batches between two points: more would only blacken the figure. */
    every: z.int().positive().default(5),
  }),
  run: ({ params: { every }, inputs, outputs }) => {
    const rows = [inputs.v1.curve, inputs.ctSft.curve].flatMap((path) => {
      const { run, points } = readCurve(path);
      return points.flatMap(({ step, trainLossNats, heldOutLossNats }) => [
        ...(step % every === 1 || every === 1 ? [{ run, text: 'training', step, loss: trainLossNats }] : []),
        ...(heldOutLossNats === undefined ? [] : [{ run, text: 'held out', step, loss: heldOutLossNats }]),
      ]);
    });
    writeResults(outputs.result, {
      results: [
        {
          kind: 'series',
          id: 'loss-curves',
          columns: [
            wordColumn('run', 'run'),
            wordColumn('text', 'text'),
            numberColumn('step', 'step', count),
            numberColumn('loss', 'loss', fixed(3), 'nats/token'),
          ],
          rows,
        },
      ],
    });
  },
});

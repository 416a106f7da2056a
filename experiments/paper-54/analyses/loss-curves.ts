import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCurve } from '../training/run-curve.ts';

/**
 * Loss of training batches, and of the fixed stretch of held-out text where it was evaluated, of every run and
 * seed.
 */
export const lossCurves = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: alikeInputs([], 'curve'),
  outputs: { result: 'loss-curves.json' },
  params: z.strictObject({
    /** Training batches that a run is shown by, about: more would only blacken the figure. */
    batches: z.int().positive().default(100),
  }),
  run: ({ params: { batches }, inputs, outputs }) => {
    const rows = Object.values(inputs).flatMap(({ curve }) => {
      const { run, seed, points } = readCurve(curve);
      const every = Math.ceil(points.length / batches);
      return points.flatMap(({ step, trainLossNats, heldOutLossNats }) => [
        ...(every === 1 || step % every === 1
          ? [{ run, seed, text: 'training', step, loss: trainLossNats }]
          : []),
        ...(heldOutLossNats === undefined
          ? []
          : [{ run, seed, text: 'held out', step, loss: heldOutLossNats }]),
      ]);
    });
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: 'loss-curves',
        columns: [
          nameColumn('run'),
          numberColumn('seed'),
          nameColumn('text'),
          numberColumn('step'),
          numberColumn('loss', 'nats/token'),
        ],
        rows,
      },
    ]);
  },
});

/** The stage's code over so many curves. */
export const lossCurvesOf = (names: readonly string[]): typeof lossCurves => ({
  ...lossCurves,
  inputs: alikeInputs(names, 'curve'),
});

import { readFileSync } from 'node:fs';
import { z } from 'zod';

const windows = z.object({ heldOut: z.int(), train: z.int() });
const losses = z.object({ step: z.int(), heldOutLossNats: z.number(), trainLossNats: z.number() });

/** What a training tells of itself: losses of every step, and of its finished weights, as stored. */
export const runCurve = z.object({
  run: z.string(),
  seed: z.int(),
  /** Of the weights that are kept: those at the lowest held-out loss of the curve. */
  best: losses,
  /** Of the weights after the last step. */
  last: losses,
  /** Windows of text that these two were evaluated on. */
  finalWindows: windows,
  points: z.array(
    z.object({
      step: z.int(),
      /** Of that step's batch, before the step. */
      trainLossNats: z.number(),
      /** On the fixed stretch of held-out text, after the step; only at some steps. */
      heldOutLossNats: z.number().optional(),
      learningRate: z.number(),
      gradientNorm: z.number(),
    }),
  ),
});

export type RunCurve = z.output<typeof runCurve>;
export type CurvePoint = RunCurve['points'][number];

export const readCurve = (path: string): RunCurve => runCurve.parse(JSON.parse(readFileSync(path, 'utf8')));

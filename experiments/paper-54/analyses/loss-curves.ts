import { nameColumn, numberColumn, type ResultInput, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { perplexityGap } from '../training/perplexity-gap.ts';
import { type RunCurve, readCurve } from '../training/run-curve.ts';

/** Held-out loss by step, where it was evaluated. */
const evaluated = ({ points }: RunCurve): ReadonlyMap<number, number> =>
  new Map(
    points.flatMap(({ step, heldOutLossNats }) =>
      heldOutLossNats === undefined ? [] : [[step, heldOutLossNats] as const],
    ),
  );

/**
 * How far CT+SFT's perplexity lies above V1's, less one, at the last step at which every run was evaluated: what the runs
 * differ by where neither has taken more steps than the other.
 *
 * @throws NoCommonStep, RunMissing
 */
export const equalStepGap = (curves: readonly RunCurve[]): readonly ResultInput[] => {
  const losses = curves.map((curve) => ({ curve, at: evaluated(curve) }));
  const step = [...losses[0]!.at.keys()].findLast((of) => losses.every(({ at }) => at.has(of)));
  if (step === undefined) {
    throw new PaperError('NoCommonStep', 'no step was evaluated in every run.', {
      details: [
        `expected one among the steps of ${curves.map(({ run, seed }) => `${run} (seed ${seed})`).join(', ')}`,
      ],
      hint: 'train all runs with the same `evaluateEvery`.',
    });
  }
  const seeds = [...new Set(curves.map(({ seed }) => seed))];
  const gaps = seeds.map((seed) => ({
    seed,
    value: perplexityGap(
      (run) => losses.find(({ curve }) => curve.run === run && curve.seed === seed)?.at.get(step),
      `seed ${seed}`,
    ),
  }));
  return [
    { kind: 'value', id: 'equal-step', unit: 'steps', value: step },
    {
      kind: 'value',
      id: 'equal-step-gap',
      unit: '1',
      ...(gaps.length === 1 ? { value: gaps[0]!.value } : { replicates: gaps }),
    },
  ];
};

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
    const curves = Object.values(inputs).map(({ curve }) => readCurve(curve));
    const rows = curves.flatMap(({ run, seed, points }) => {
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
      ...equalStepGap(curves),
    ]);
  },
});

/** The stage's code over so many curves. */
export const lossCurvesOf = (names: readonly string[]): typeof lossCurves => ({
  ...lossCurves,
  inputs: alikeInputs(names, 'curve'),
});

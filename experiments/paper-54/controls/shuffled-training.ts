/**
 * N6: what T6 finds in a model that was trained on the same tokens in an order that was drawn, so that no two of them stand
 * together more often than chance lets them. The views are those of the corpus, the tests the primary family, and V1 stands
 * beside it, which started from the same draw and read the corpus itself.
 */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCalibrations } from '../forms/calibration.ts';
import { formInputs, formParams, openFormProblem } from '../forms/form-nulls.ts';
import { formTestsOf, freeTestPlace } from '../forms/form-problem.ts';
import { pooledP } from '../forms/pooled-statistic.ts';
import { readFormNulls } from '../forms/read-form-nulls.ts';
import { replayDraws } from '../forms/replay-draws.ts';
import { runStatistic } from '../forms/run-statistic.ts';
import { readCurve } from '../training/run-curve.ts';
import { holm } from './holm.ts';
import { inferenceOptions } from './inference-options.ts';

const { primary } = inferenceOptions.shape;

export const shuffledTraining = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...formInputs, nulls: ['nulls'], curve: ['curve'], v1Nulls: ['nulls'], power: ['result'] },
  outputs: { result: 'shuffled-training.json' },
  params: z.strictObject({
    ...formParams,
    primary,
    /** Distances that V1's nulls are of. */
    v1Deltas: formParams.deltas,
    /** The strength at which an effect is called negligible. */
    bound: z.number().positive().max(1),
    /** Draws of each null that are made again. */
    replayed: z.int().positive().default(1),
  }),
  run: async ({ params: { seed, bound, primary, v1Deltas, replayed, ...rest }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { problem, counts, run } = openFormProblem(inputs, rest, la);
    const kept = readFormNulls(inputs.nulls.nulls);
    replayDraws(
      problem,
      counts,
      kept,
      { draws: replayed, seed, run },
      la,
      ({ form, frequency, part }) => form === 'qk' && frequency === 'free' && part === 'whole',
    );
    const ofV1 = readFormNulls(inputs.v1Nulls.nulls);
    const calibrations = readCalibrations(inputs.power.result, bound);
    const found = primary.views.flatMap((view) => {
      const wanted = { form: 'qk', view, part: 'whole' } as const;
      const [test, testOfV1] = [problem.tests, formTestsOf(v1Deltas)].map((tests) =>
        freeTestPlace(tests, wanted),
      ) as [number, number];
      return primary.statistics.map((statistic) => {
        const calibration = calibrations({ form: 'qk', view }, statistic);
        return {
          view,
          statistic,
          beside: (['signs', 'labels'] as const).map((null_) => {
            const figures = kept.pooled(null_, test, statistic);
            return figures && pooledP(statistic, figures);
          }),
          shuffled: runStatistic(kept, test, statistic, calibration),
          v1: runStatistic(ofV1, testOfV1, statistic, calibration),
        };
      });
    });
    const adjusted = holm(found.map(({ shuffled }) => shuffled.p));
    const means = found.filter(({ statistic }) => statistic === 'mean');
    const largest = (of: (one: (typeof found)[number]) => number): number => Math.max(...means.map(of));
    const { best } = readCurve(inputs.curve.curve);
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'shuffled-training',
        run: 'shuffled',
        keys: ['view', 'statistic'],
        columns: [
          nameColumn('view'),
          nameColumn('statistic'),
          ...[
            'shuffled',
            'p-adjusted',
            'p-signs',
            'p-labels',
            'alpha',
            'alpha-low',
            'alpha-high',
            'v1',
            'v1-alpha',
          ].map((id) => numberColumn(id)),
        ],
        rows: found.map(({ view, statistic, shuffled, beside, v1 }, at) => ({
          view,
          statistic,
          shuffled: shuffled.found,
          'p-adjusted': adjusted[at]!,
          'p-signs': beside[0]!,
          'p-labels': beside[1]!,
          // What trials of V1 return where nothing is planted is no scale for a run whose own null is narrower.
          alpha: statistic === 'mean' ? shuffled.alpha : null,
          'alpha-low': statistic === 'mean' ? shuffled.low : null,
          'alpha-high': statistic === 'mean' ? shuffled.high : null,
          v1: v1.found,
          'v1-alpha': v1.alpha,
        })),
        nullDraws: kept.draws,
      },
      {
        kind: 'value',
        id: 'shuffled-strength',
        unit: null,
        value: largest(({ shuffled }) => Math.abs(shuffled.alpha)),
      },
      {
        kind: 'value',
        id: 'unshuffled-strength',
        unit: null,
        value: -largest(({ v1 }) => -Math.abs(v1.alpha)),
      },
      { kind: 'value', id: 'shuffled-loss', unit: 'nats/token', value: best.heldOutLossNats },
      { kind: 'value', id: 'shuffled-step', unit: 'steps', value: best.step },
    ]);
  },
});

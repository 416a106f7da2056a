/**
 * What T6 finds of K_2 planted at a start, by its strength and by the steps since. The first look at one of the models is
 * taken again.
 */
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { drawsTurnedAlike } from '../controls/draws-turned-alike.ts';
import { requireKept } from '../controls/require-kept.ts';
import { statistics } from '../forms/null-summary.ts';
import { type KeptStarts, readStarts } from './kept-starts.ts';
import { firstLooks, openStarts, startInputs, startParams } from './planted-start-trials.ts';
import { strengthFor } from './power-points.ts';
import { withNone } from './power-trials.ts';
import { type StartGroup, type StartPoint, startPoint } from './start-points.ts';
import { startFigures } from './start-trial.ts';

/**
 * Of an effect before the first step: a sum in another order. Other kernels, instruction sets and thread counts moved that
 * after ten steps by 1e-9; a learning rate a thousandth higher moves it by 2e-6.
 */
const tolerance = 1e-6;

/**
 * The first look at a model, before its first step. What comes after it is a training, which no build repeats: the witness
 * of the trials speaks for that.
 *
 * @throws KeptDiffers where the look, taken again, is not what was kept
 */
const requireFirstLook = (
  kept: KeptStarts,
  { figures, strength }: Awaited<ReturnType<typeof firstLooks>>,
): void =>
  statistics.forEach((statistic, at) => {
    requireKept({
      stage: 'planted-start-trials',
      what: `the first model's ${statistic} before its first step`,
      kept: kept.figure({ trial: 0, strength, step: 0 }, at, 'effect'),
      again: figures[at * startFigures.length + startFigures.indexOf('effect')]!,
      tolerance,
    });
  });

interface Tried {
  readonly strengths: readonly number[];
  readonly steps: readonly number[];
  readonly level: number;
}

/** [statistic][step][strength] */
type Points = readonly (readonly (readonly StartPoint[])[])[];

const pointsOf = (kept: KeptStarts, { strengths, steps, level }: Tried): Points =>
  statistics.map((_, statistic) =>
    steps.map((_step, step) => {
      const groups = strengths.map((_alpha, strength): StartGroup => {
        const all = (figure: 'effect' | 'p'): number[] =>
          Array.from({ length: kept.trials }, (_trial, trial) =>
            kept.figure({ trial, strength, step }, statistic, figure),
          );
        return { effects: all('effect'), p: all('p') };
      });
      return groups.map((group) => startPoint(group, groups[0]!, level));
    }),
  );

const pointRows = (points: Points, { strengths, steps }: Tried): Row[] =>
  statistics.flatMap((statistic, at) =>
    strengths.flatMap((alpha, strength) =>
      steps.map((step, place): Row => {
        const { beyond, above, effect, gained } = points[at]![place]![strength]!;
        return {
          statistic,
          alpha,
          step,
          effect,
          found: beyond.share,
          'found-low': beyond.low,
          'found-high': beyond.high,
          gained: gained?.mean ?? null,
          'gained-low': gained?.low ?? null,
          'gained-high': gained?.high ?? null,
          above: above?.share ?? null,
          'above-low': above?.low ?? null,
          'above-high': above?.high ?? null,
        };
      }),
    ),
  );

/** What each statistic finds with the power that is asked for, step by step. */
const strengthRows = (points: Points, kept: KeptStarts, { strengths, steps }: Tried, power: number): Row[] =>
  steps.map((step, place): Row => {
    const found = statistics.map((statistic, at): Row => {
      const all = points[at]![place]!;
      const whole = all.at(-1)!;
      const curve = (shareOf: (point: StartPoint) => number) =>
        strengthFor(
          all.map((point, strength) => ({ alpha: strengths[strength]!, power: shareOf(point) })),
          power,
        );
      return {
        // Where none passes as often there is no weakest strength that does.
        [statistic]: all[0]!.beyond.share >= power ? 0 : curve(({ beyond }) => beyond.share),
        [`${statistic}-above`]: curve(({ above }) => above?.share ?? 0),
        [`${statistic}-none`]: all[0]!.beyond.share,
        [`${statistic}-all`]: whole.above!.share,
        [`${statistic}-gained`]: whole.gained!.mean,
        [`${statistic}-gained-low`]: whole.gained!.low,
        [`${statistic}-gained-high`]: whole.gained!.high,
      };
    });
    const lossAt = (strength: number): number | null => {
      const of = mean(
        Array.from({ length: kept.trials }, (_, trial) => kept.loss({ trial, strength, step: place })),
      );
      return Number.isNaN(of) ? null : of;
    };
    return Object.assign({ step }, ...found, {
      'loss-none': lossAt(0),
      'loss-all': lossAt(strengths.length - 1),
    });
  });

/** Places of the steps that the figure draws: the last within each share of the training. */
const drawnSteps = (steps: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries({ start: 0, fifth: 0.2, end: 1 }).map(([id, share]) => [
      id,
      steps.findLastIndex((step) => step <= share * steps.at(-1)!),
    ]),
  );

const curveRows = (ofMean: Points[number], { strengths, steps }: Tried): Row[] =>
  strengths.slice(1).map(
    (alpha, at): Row =>
      Object.assign(
        { alpha },
        ...Object.entries(drawnSteps(steps)).map(([id, step]): Row => {
          const { share, low, high } = ofMean[step]![1 + at]!.above!;
          return { [id]: share, [`${id}-low`]: low, [`${id}-high`]: high };
        }),
      ),
  );

const numbers = (...ids: readonly string[]) => ids.map((id) => numberColumn(id));

export const plantedStarts = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...startInputs, trials: ['trials'] },
  outputs: { result: 'planted-starts.json' },
  params: startParams.extend({
    level: z.number().positive().lt(1),
    /** The strength found with this power is printed. */
    power: z.number().positive().lt(1).default(0.8),
  }),
  run: async ({ params, inputs, outputs, scratch }) => {
    const tried: Tried = { ...params, strengths: withNone(params.strengths) };
    const kept = readStarts(inputs.trials.trials, tried.strengths.length, tried.steps.length);
    if (drawsTurnedAlike()) {
      const first = { ...params, steps: params.steps.slice(0, 1) };
      requireFirstLook(kept, await firstLooks(openStarts(inputs, params), first, scratch));
    }
    const points = pointsOf(kept, tried);
    const run = 'small models, planted';
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'planted-starts',
        run,
        keys: ['statistic', 'alpha', 'step'],
        columns: [
          ...['statistic', 'alpha', 'step'].map(nameColumn),
          ...numbers('effect', 'found', 'found-low', 'found-high'),
          ...numbers('gained', 'gained-low', 'gained-high', 'above', 'above-low', 'above-high'),
        ],
        rows: pointRows(points, tried),
        nullDraws: params.draws,
      },
      {
        kind: 'table',
        id: 'planted-start-strengths',
        run,
        columns: [
          nameColumn('step'),
          ...statistics.flatMap((of) =>
            numbers(
              of,
              ...['above', 'none', 'all', 'gained', 'gained-low', 'gained-high'].map((id) => `${of}-${id}`),
            ),
          ),
          ...numbers('loss-none', 'loss-all'),
        ],
        rows: strengthRows(points, kept, tried, params.power),
      },
      {
        kind: 'series',
        id: 'planted-start-curves',
        columns: [
          nameColumn('alpha'),
          ...Object.keys(drawnSteps(tried.steps)).flatMap((id) => numbers(id, `${id}-low`, `${id}-high`)),
        ],
        rows: curveRows(points[statistics.indexOf('mean')]!, tried),
      },
      { kind: 'value', id: 'planted-start-layers', unit: null, value: params.shape.nLayers },
      { kind: 'value', id: 'planted-start-width', unit: null, value: params.shape.dModel },
      { kind: 'value', id: 'planted-start-trials', unit: null, value: kept.trials },
      { kind: 'value', id: 'planted-start-steps', unit: 'steps', value: tried.steps.at(-1)! },
    ]);
  },
});

/**
 * What the tests can see: how often each finds what is planted at a strength, with the exact binomial interval. A test of
 * the law finds by that law; the others by the trials of the same strength whose stream is turned once more. The first
 * trial of each set is made again.
 */

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { float64Of, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { drawsTurnedAlike } from '../controls/draws-turned-alike.ts';
import { meanAbsLaw } from '../controls/exact-correlation.ts';
import { proportionInterval } from '../controls/proportion-interval.ts';
import { requireKept } from '../controls/require-kept.ts';
import { formInputs } from '../forms/form-nulls.ts';
import { statistics } from '../forms/null-summary.ts';
import { twoSidedP, upperP } from '../forms/p-values.ts';
import { byPlanting, firstPlanting, plantedTest, plantingId, plantings } from './planting.ts';
import { openPowerProblems, powerParams, withNone } from './power-trials.ts';
import { lawTests, testsOf, trialFigures, trialTurns } from './trial-figures.ts';

/** Through a factoring that takes roots of eigenvalues, on another machine. */
const tolerance = 1e-6;

interface Trials {
  readonly trials: number;
  readonly entries: number;
  readonly layers: number;
  readonly observed: (trial: number, strength: number, test: number) => number;
  readonly turned: (trial: number, strength: number, test: number) => number;
}

const readTrials = (path: string, strengths: number, tests: number): Trials => {
  const file = readSafetensors(path);
  const [observed, turned] = [float64Of(file, 'observed'), float64Of(file, 'turned')];
  const at = (trial: number, strength: number, test: number): number =>
    (trial * strengths + strength) * tests + test;
  return {
    trials: Number(file.metadata['trials']),
    entries: Number(file.metadata['entries']),
    layers: Number(file.metadata['layers']),
    observed: (...place) => observed[at(...place)]!,
    turned: (...place) => turned[at(...place)]!,
  };
};

export interface PowerPoint {
  readonly test: string;
  readonly alpha: number;
  readonly power: number;
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
  readonly estimateSd: number;
}

/** What a run's figures say, by trial: p-values, and estimates, in the test's own units. */
const judge = (
  test: string,
  observed: readonly number[],
  turned: readonly number[],
  upperLaw: (figure: number) => number,
): { readonly p: readonly number[]; readonly estimates: readonly number[] } => {
  if ((lawTests as readonly string[]).includes(test))
    return { p: observed.map(upperLaw), estimates: observed };
  const centre = mean(turned);
  if (test.endsWith('-rms')) {
    const square = mean(turned.map((x) => x * x));
    return {
      p: observed.map((figure) => upperP(figure, turned)),
      estimates: observed.map((figure) => Math.sqrt(Math.max(0, figure * figure - square))),
    };
  }
  const isSigned = test.startsWith('t6');
  return {
    p: observed.map((figure) => (isSigned ? twoSidedP(figure, turned, centre) : upperP(figure, turned))),
    estimates: observed.map((figure) => figure - centre),
  };
};

const pointsOf = (
  tests: readonly string[],
  kept: Trials,
  strengths: readonly number[],
  level: number,
): PowerPoint[] => {
  const law = meanAbsLaw(kept.entries, kept.layers);
  return tests.flatMap((test, place) =>
    strengths.map((alpha, strength) => {
      const all = (of: Trials['observed']): number[] =>
        Array.from({ length: kept.trials }, (_, trial) => of(trial, strength, place));
      const { p, estimates } = judge(test, all(kept.observed), all(kept.turned), law.upperP);
      const found = p.filter((one) => one <= level).length;
      const estimate = mean(estimates);
      const squares = estimates.reduce((sum, x) => sum + (x - estimate) ** 2, 0);
      return {
        test,
        alpha,
        power: found / kept.trials,
        ...proportionInterval(found, kept.trials),
        estimate,
        estimateSd: Math.sqrt(squares / (kept.trials - 1)),
      };
    }),
  );
};

/**
 * The strength from which on a test finds at least this share, between strengths by the logarithm of alpha.
 *
 * @param points of one test by strength, ascending
 * @returns null where none has it
 */
export const strengthFor = (
  points: readonly Pick<PowerPoint, 'alpha' | 'power'>[],
  power: number,
): number | null => {
  const at = points.findLastIndex((point) => point.power < power) + 1;
  const found = points[at];
  if (!found) return null;
  const before = points[at - 1];
  if (!before || !(before.alpha > 0)) return found.alpha;
  const share = (power - before.power) / (found.power - before.power);
  return before.alpha * (found.alpha / before.alpha) ** share;
};

/** Tests that the figure draws, by column id. */
const drawn = ['t1-q', 'cka', 't6-whole', 't6-free'] as const;

const curveRows = (points: readonly PowerPoint[], strengths: readonly number[]): Row[] =>
  strengths.map((alpha) => ({
    alpha,
    ...Object.assign(
      {},
      ...drawn.map((test) => {
        const { power, low, high } = points.find((point) => point.test === test && point.alpha === alpha)!;
        return { [test]: power, [`${test}-low`]: low, [`${test}-high`]: high };
      }),
    ),
  }));

/** A set of trials by its input, with the names of its tests in the table. */
const trialSets = [
  { input: 'whole', space: 'whole', planting: firstPlanting, tests: testsOf('whole') },
  ...plantings.map((planting) => ({
    input: plantingId(planting),
    space: 'free' as const,
    planting,
    tests: [undefined, ...statistics].map((statistic) => plantedTest(planting, statistic)),
  })),
] as const;

export const power = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...formInputs, whole: ['trials'], ...byPlanting(() => ['trials'] as const) },
  outputs: { result: 'power.json' },
  params: z.strictObject({
    ...powerParams,
    level: z.number().positive().lt(1),
    /** The strength at which an effect is called negligible. */
    bound: z.number().positive().max(1),
    /** The strength found with this power is printed. */
    power: z.number().positive().lt(1).default(0.8),
  }),
  run: async ({
    params: { level, bound: boundary, power: wanted, strengths, seed, ...rest },
    inputs,
    outputs,
  }) => {
    const la = await loadLinearAlgebra();
    const tried = withNone(strengths);
    const posed = openPowerProblems(inputs, rest, la);
    // In the middle neither the view nor the run that it is planted in is all of it.
    const middle = Math.floor(tried.length / 2);
    const turns = { whole: trialTurns(posed('whole'), 0, seed), free: trialTurns(posed('free'), 0, seed) };
    const sets = trialSets.map(({ input, space, planting, tests }) => {
      const kept = readTrials(inputs[input]!.trials, tried.length, tests.length);
      const again = drawsTurnedAlike()
        ? trialFigures(posed(space, planting), [tried[middle]!], turns[space], la)
        : [];
      for (const [name, figures] of again.flatMap(
        (of) => Object.entries(of) as [keyof typeof of, readonly number[]][],
      )) {
        figures.forEach((figure, test) => {
          // A test of the law has none when turned.
          if (Number.isNaN(figure)) return;
          requireKept({
            stage: 'power-trials',
            what: `the first trial of '${tests[test]}'`,
            kept: kept[name](0, middle, test),
            again: figure,
            tolerance,
          });
        });
      }
      return { kept, points: pointsOf(tests, kept, tried, level) };
    });
    const points = sets.flatMap((of) => of.points);
    const { trials } = sets[0]!.kept;
    const tests = [...new Set(points.map(({ test }) => test))];
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'power',
        run: 'v1, a view planted',
        keys: ['test', 'alpha'],
        columns: [
          nameColumn('test'),
          nameColumn('alpha'),
          ...['power', 'low', 'high', 'estimate', 'estimate-sd'].map((id) => numberColumn(id)),
        ],
        rows: points.map(({ estimateSd, ...point }) => ({ ...point, 'estimate-sd': estimateSd })),
      },
      {
        kind: 'table',
        id: 'power-strengths',
        run: 'v1, a view planted',
        columns: [
          nameColumn('test'),
          ...['strength', 'at-none', 'at-bound', 'at-bound-low', 'at-all', 'estimate-at-all'].map((id) =>
            numberColumn(id),
          ),
        ],
        rows: tests.map((test) => {
          const own = points.filter((point) => point.test === test);
          const bound = own.find(({ alpha }) => alpha === boundary);
          return {
            test,
            strength: strengthFor(own, wanted),
            'at-none': own[0]!.power,
            'at-bound': bound?.power ?? null,
            'at-bound-low': bound?.low ?? null,
            'at-all': own.at(-1)!.power,
            'estimate-at-all': own.at(-1)!.estimate,
          };
        }),
      },
      {
        kind: 'series',
        id: 'power-curves',
        columns: [
          nameColumn('alpha'),
          ...drawn.flatMap((test) => [test, `${test}-low`, `${test}-high`].map((id) => numberColumn(id))),
        ],
        rows: curveRows(points, strengths),
      },
      { kind: 'value', id: 'power-trials', unit: null, value: trials },
    ]);
  },
});

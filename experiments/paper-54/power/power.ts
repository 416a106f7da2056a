/**
 * What the tests can see: how often each finds what is planted at a strength, with the exact binomial interval. The first
 * trial of each set is made again.
 */

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { drawsTurnedAlike } from '../controls/draws-turned-alike.ts';
import { requireKept } from '../controls/require-kept.ts';
import { openFormSpaces, spaceInputs } from '../forms/form-spaces.ts';
import { statistics } from '../forms/null-summary.ts';
import { calibrationTable } from './calibration-table.ts';
import { byPlanting, firstPlanting, type Planting, plantedTest, plantingId, plantings } from './planting.ts';
import { type PowerPoint, pointsOf, readTrials, strengthFor, type Trials } from './power-points.ts';
import { powerParams, problemOf, withNone } from './power-trials.ts';
import { type Figures, type SpaceId, testsOf, trialFigures, trialTurns } from './trial-figures.ts';

/** Through a factoring that takes roots of eigenvalues, on another machine. */
const tolerance = 1e-6;

/** @throws KeptDiffers where the first trial of a set, made again at one of the strengths, is not what was kept */
const requireFirstTrial = (
  tests: readonly string[],
  kept: Trials,
  again: Figures,
  strength: number,
): void => {
  for (const name of ['observed', 'turned'] as const) {
    again[name].forEach((figure, test) => {
      // A test of the law has none when turned.
      if (Number.isNaN(figure)) return;
      requireKept({
        stage: 'power-trials',
        what: `the first trial of '${tests[test]}', ${name},`,
        kept: kept[name](0, strength, test),
        again: figure,
        tolerance,
      });
    });
  }
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
  inputs: { ...spaceInputs, views: ['views'], whole: ['trials'], ...byPlanting(() => ['trials'] as const) },
  outputs: { result: 'power.json' },
  params: z.strictObject({
    subspace: powerParams.subspace,
    seed: powerParams.seed,
    strengths: powerParams.strengths,
    level: z.number().positive().lt(1),
    /** The strength at which an effect is called negligible. */
    bound: z.number().positive().max(1),
    /** The strength found with this power is printed. */
    power: z.number().positive().lt(1).default(0.8),
  }),
  run: async ({
    params: { level, bound: boundary, power: wanted, strengths, seed, subspace },
    inputs,
    outputs,
  }) => {
    const la = await loadLinearAlgebra();
    const tried = withNone(strengths);
    // As the trials' own stage poses it, which builds the spaces anew.
    const { problem, run } = openFormSpaces(inputs, [0]);
    const image = matrixOf(readSafetensors(inputs.views.views), 'K_2');
    const posed = (space: SpaceId, planting: Planting = firstPlanting) =>
      problemOf(problem, space, planting, { image, subspace, run });
    // In the middle neither the view nor the run that it is planted in is all of it.
    const middle = Math.floor(tried.length / 2);
    const turns = drawsTurnedAlike()
      ? { whole: trialTurns(posed('whole'), 0, seed), free: trialTurns(posed('free'), 0, seed) }
      : null;
    const sets = trialSets.map(({ input, space, planting, tests }) => {
      const kept = readTrials(inputs[input]!.trials, tried.length, tests.length);
      if (turns) {
        const [again] = trialFigures(posed(space, planting), [tried[middle]!], turns[space], la);
        requireFirstTrial(tests, kept, again!, middle);
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
      calibrationTable(points, boundary),
      { kind: 'value', id: 'power-trials', unit: null, value: trials },
    ]);
  },
});

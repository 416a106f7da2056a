/** Whether attention holds the corpus's counts, T1 to T6, and what each test can see: part of the pipeline's table of contents. */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { formCells } from './forms/form-cells.ts';
import { formFound } from './forms/form-found.ts';
import { formNulls } from './forms/form-nulls.ts';
import { formSpaces } from './forms/form-spaces.ts';
import { formStructure } from './forms/form-structure.ts';
import { symmetryNulls } from './forms/form-symmetry.ts';
import { formTest } from './forms/form-test.ts';
import { formTestSummaryOf } from './forms/form-test-summary.ts';
import type { Kept } from './kept.ts';
import { overSeeds } from './over-seeds.ts';
import { byPlanting, firstPlanting, isFirst, type Planting, plantingId } from './power/planting.ts';
import { power } from './power/power.ts';
import { powerTrials } from './power/power-trials.ts';
import type { SpaceId } from './power/trial-figures.ts';
import type { seedRuns } from './seed-runs.ts';
import { viewDraws } from './view-tests/view-draws.ts';
import { viewTestOf } from './view-tests/view-test.ts';

type Runs = ReturnType<typeof seedRuns>['runs'];

export const conjectureStages = (
  config: Config,
  counts: Stage<{ readonly counts: string }>,
  runs: Runs,
  kept: Kept,
) => {
  // T6: attention's forms against the corpus, free of frequency, with three nulls.
  const {
    deltas,
    frequencyBins,
    draws,
    seed: nullSeed,
    level,
    primary,
    equivalence,
    absence,
  } = config.inference;
  const formOptions = { deltas, frequencyBins, seed: nullSeed };
  const tested = runs.map(({ seed, named, v1: weights, views, attention }) => {
    const inputs = { counts, views, weights };
    const nulls = stage(named('form-nulls'), formNulls, {
      inputs,
      params: { ...formOptions, draws },
      ...kept(['nulls'], 5),
    });
    const symmetry = stage(named('symmetry-nulls'), symmetryNulls, {
      inputs,
      params: { frequencyBins, seed: nullSeed, draws },
      ...kept(['nulls'], 1),
    });
    const spaces = stage(named('form-spaces'), formSpaces, {
      inputs: { counts, v1: weights, attention },
      params: { frequencyBins },
    });
    const here = { spaces, weights };
    const found = stage(named('form-found'), formFound, { inputs: { ...here, nulls }, params: { deltas } });
    return {
      seed,
      named,
      nulls,
      spaces,
      found,
      test: stage(named('form-test'), formTest, { inputs: { found }, params: { deltas, level } }),
      structure: stage(named('form-structure'), formStructure, {
        inputs: { ...here, symmetry },
        params: { seed: nullSeed },
      }),
      cells: stage(named('form-cells'), formCells, {
        inputs: { ...here, counts, nulls, found },
        params: { deltas, seed: nullSeed },
      }),
    };
  });

  // T1 against its gauge null and T2 to T5; and what each test can see of a view that is planted.
  const { subspace, planted } = config.inference;
  const viewOptions = { seed: nullSeed, subspace };
  const viewInputs = Object.fromEntries(
    runs.flatMap(({ seed, named, v1, views }) => [
      [`v1-${seed}`, v1],
      [`views-${seed}`, views],
      [
        `draws-${seed}`,
        stage(named('view-draws'), viewDraws, {
          inputs: { v1, views },
          params: { ...viewOptions, draws },
          ...kept(['draws'], 5),
        }),
      ],
    ]),
  );
  const viewTested = stage('view-test', viewTestOf(config.seeds), {
    inputs: viewInputs,
    params: { ...viewOptions, seeds: config.seeds },
  });
  const { views, v1: weights } = runs[0]!;
  const powerInputs = { counts, views, weights };
  const powerOptions = { ...viewOptions, strengths: planted.strengths };
  const trials = (space: SpaceId, planting: Planting) =>
    stage(
      ['power-trials', space, ...(isFirst(planting) ? [] : [plantingId(planting)])].join('.'),
      powerTrials,
      {
        inputs: powerInputs,
        params: {
          ...powerOptions,
          frequencyBins,
          space,
          trials: planted.trials,
          ...(isFirst(planting) ? {} : { planted: planting }),
        },
        ...kept(['trials'], 20),
      },
    );
  const powerOfTests = stage('power', power, {
    inputs: {
      spaces: tested[0]!.spaces,
      views,
      weights,
      whole: trials('whole', firstPlanting),
      ...byPlanting((of) => trials('free', of)),
    },
    params: { ...powerOptions, level, bound: absence.strength },
  });
  const summary = stage('form-test-summary', formTestSummaryOf(tested.map(({ seed }) => `seed-${seed}`)), {
    inputs: Object.fromEntries([
      ...tested.map(({ seed, found }) => [`seed-${seed}`, found]),
      ['power', powerOfTests],
    ]),
    params: { level, primary, deltas, equivalence, absence },
  });
  return {
    tested,
    viewTested,
    summary,
    powerOfTests,
    results: [
      overSeeds('form-test', config.seeds, (of) => tested.find(({ seed }) => seed === of)!.test),
      overSeeds('form-structure', config.seeds, (of) => tested.find(({ seed }) => seed === of)!.structure),
      summary,
      viewTested,
      powerOfTests,
    ],
  };
};

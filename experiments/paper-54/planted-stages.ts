/**
 * A run that starts from K_2 planted whole, trained as V1 is: whether training keeps what T6 looks for. Part of the
 * pipeline's table of contents.
 */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { controlRun } from './control-runs.ts';
import type { Kept } from './kept.ts';
import { plantedInit } from './power/planted-init.ts';
import { plantedProjections } from './power/planted-projections.ts';
import { plantedTraining } from './power/planted-training.ts';
import type { seedRuns } from './seed-runs.ts';

type Seeded = ReturnType<typeof seedRuns>;

/** @param of the run whose draw it starts from, with its nulls and what the tests can see */
export const plantedStages = (
  config: Config,
  seeded: Pick<Seeded, 'tokens' | 'counts'>,
  of: Seeded['runs'][number],
  {
    nulls: v1Nulls,
    power,
  }: {
    readonly nulls: Stage<{ readonly nulls: string }>;
    readonly power: Stage<{ readonly result: string }>;
  },
  kept: Kept,
  threads: number,
) => {
  const { tokens, counts } = seeded;
  const { frequencyBins, deltas, seed: nullSeed, absence } = config.inference;
  const planted = stage('planted-projections', plantedProjections, {
    inputs: { counts, init: of.v1Init },
    params: { seed: nullSeed, frequencyBins },
    ...kept(['projections'], 1),
  });
  const start = stage('planted-init', plantedInit, {
    inputs: { tokens, init: of.v1Init, planted },
    params: { seed: of.seed, shape: config.shape },
  });
  const run = controlRun(
    config,
    seeded,
    'planted',
    { text: tokens, init: start, seed: of.seed },
    kept,
    threads,
  );
  return stage('planted-training', plantedTraining, {
    inputs: {
      ...run.inputs,
      start,
      curve: run.trained,
      v1: of.v1,
      v1Init: of.v1Init,
      v1Nulls,
      v1Curve: of.trained.v1,
      power,
    },
    params: { ...run.formOptions, v1Deltas: [...deltas], bound: absence.strength },
  });
};

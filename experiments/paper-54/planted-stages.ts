/**
 * A run that starts from K_2 planted whole, trained as V1 is: whether training keeps what T6 looks for. Part of the
 * pipeline's table of contents.
 */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { attentionViews } from './cooccurrence/attention-views.ts';
import { corpusViews } from './cooccurrence/corpus-views.ts';
import { formNulls } from './forms/form-nulls.ts';
import type { Kept } from './kept.ts';
import { plantedInit } from './power/planted-init.ts';
import { plantedProjections } from './power/planted-projections.ts';
import { plantedTraining } from './power/planted-training.ts';
import { formParts, type seedRuns } from './seed-runs.ts';
import { reducedRun } from './training/reduced-run.ts';
import { trainRun } from './training/train-run.ts';

type Seeded = ReturnType<typeof seedRuns>;

/** @param of the run whose draw it starts from, with its nulls and what the tests can see */
export const plantedStages = (
  config: Config,
  { tokens, counts }: Pick<Seeded, 'tokens' | 'counts'>,
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
  const { shape } = config;
  const { frequencyBins, deltas, draws, seed: nullSeed, primary, absence } = config.inference;
  const planted = stage('planted-projections', plantedProjections, {
    inputs: { counts, init: of.v1Init },
    params: { seed: nullSeed, frequencyBins },
    ...kept(['projections'], 1),
  });
  const start = stage('planted-init', plantedInit, {
    inputs: { tokens, init: of.v1Init, planted },
    params: { seed: of.seed, shape },
  });
  const trained = stage('train-planted', trainRun, {
    inputs: { tokens, init: start },
    params: {
      run: 'planted',
      shape,
      options: { ...config.v1, steps: config.plantedSteps, seed: of.seed },
    },
    threads,
    ...kept(['curve'], 25),
  });
  const weights = stage('reduced-planted', reducedRun, {
    inputs: { counts, trained },
    params: { parts: [...formParts] },
    ...kept(['weights'], 1),
  });
  const attention = stage('attention-views.planted', attentionViews, {
    inputs: { counts, tokens, v1: trained },
    params: { shape, attentionWindows: config.attentionWindows, precision: config.precision },
    threads,
    ...kept(['images'], 1),
  });
  const views = stage('corpus-views.planted', corpusViews, {
    inputs: { counts, v1: weights, attention },
    threads,
  });
  const formOptions = { deltas: [primary.delta], frequencyBins, seed: nullSeed };
  const inputs = { counts, views, weights };
  const nulls = stage('form-nulls.planted', formNulls, {
    inputs,
    params: { ...formOptions, draws },
    ...kept(['nulls'], 1),
  });
  return stage('planted-training', plantedTraining, {
    inputs: {
      ...inputs,
      nulls,
      start,
      curve: trained,
      v1: of.v1,
      v1Init: of.v1Init,
      v1Nulls,
      v1Curve: of.trained.v1,
      power,
    },
    params: { ...formOptions, v1Deltas: [...deltas], bound: absence.strength },
  });
};

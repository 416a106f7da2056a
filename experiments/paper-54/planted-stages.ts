/**
 * A run that starts from K_2 planted whole, trained as V1 is: whether training keeps what T6 looks for. Part of the
 * pipeline's table of contents.
 */
import { stage } from 'reproducible-paper/stage';
import { type ControlSources, controlRun } from './control-runs.ts';
import { plantedInit } from './power/planted-init.ts';
import { plantedProjections } from './power/planted-projections.ts';
import { plantedTraining } from './power/planted-training.ts';

export const plantedStages = (sources: ControlSources) => {
  const { config, tokens, counts, of, v1Nulls, power, kept } = sources;
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
  const run = controlRun(sources, 'planted', { text: tokens, init: start });
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

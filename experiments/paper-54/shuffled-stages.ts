/** A run that reads the corpus with its order drawn, trained as V1 is (N6): part of the pipeline's table of contents. */
import { stage } from 'reproducible-paper/stage';
import { type ControlSources, controlRun } from './control-runs.ts';
import { shuffledTokens } from './controls/shuffled-tokens.ts';
import { shuffledTraining } from './controls/shuffled-training.ts';

export const shuffledStages = (sources: ControlSources) => {
  const { config, tokens, of, v1Nulls, power } = sources;
  const { deltas, seed, primary, absence } = config.inference;
  const text = stage('shuffled-tokens', shuffledTokens, { inputs: { tokens }, params: { seed } });
  const run = controlRun(sources, 'shuffled', { text, init: of.v1Init });
  return {
    weights: run.inputs.weights,
    result: stage('shuffled-training', shuffledTraining, {
      inputs: { ...run.inputs, curve: run.trained, v1Nulls, power },
      params: { ...run.formOptions, primary, v1Deltas: [...deltas], bound: absence.strength },
    }),
  };
};

/** A run that reads the corpus with its order drawn, trained as V1 is (N6): part of the pipeline's table of contents. */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { controlRun } from './control-runs.ts';
import { shuffledTokens } from './controls/shuffled-tokens.ts';
import { shuffledTraining } from './controls/shuffled-training.ts';
import type { Kept } from './kept.ts';
import type { seedRuns } from './seed-runs.ts';

type Seeded = ReturnType<typeof seedRuns>;

/** @param of the run whose draw it starts from, with its nulls and what the tests can see */
export const shuffledStages = (
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
  const { deltas, seed, primary, absence } = config.inference;
  const text = stage('shuffled-tokens', shuffledTokens, {
    inputs: { tokens: seeded.tokens },
    params: { seed },
  });
  const run = controlRun(config, seeded, 'shuffled', { text, init: of.v1Init, seed: of.seed }, kept, threads);
  return {
    weights: run.inputs.weights,
    result: stage('shuffled-training', shuffledTraining, {
      inputs: { ...run.inputs, curve: run.trained, v1Nulls, power },
      params: { ...run.formOptions, primary, v1Deltas: [...deltas], bound: absence.strength },
    }),
  };
};

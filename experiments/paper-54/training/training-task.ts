import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import type { Progress } from 'reproducible-paper/stage';
import { z } from 'zod';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import type { TrainingTask } from './train-model.ts';
import { trainingOptions } from './training-options.ts';

/** What decides a run besides its tokens and its init. */
export const trainRunParams = z.strictObject({
  /** The run's name, for example `v1`. */
  run: z.string(),
  /** Parameters that keep the values of the init. */
  frozen: z.array(z.string()).default([]),
  shape: modelShape,
  options: trainingOptions,
});

export type TrainRunParams = z.output<typeof trainRunParams>;

interface RunContext {
  readonly params: TrainRunParams;
  readonly inputs: { readonly tokens: { readonly tokens: string }; readonly init: { readonly init: string } };
  readonly scratch: string;
  readonly report: (progress: Progress) => void;
}

/** The training that a stage's parameters and files ask for. */
export const trainingTask = ({
  params: { frozen, shape, options },
  inputs,
  scratch,
  report,
}: RunContext): TrainingTask => {
  const { vocabSize, part } = openTokens(inputs.tokens.tokens);
  return {
    shape,
    vocabSize,
    options,
    train: part('train'),
    heldOut: part('heldOut'),
    start: readParameters(readSafetensors(inputs.init.init), shape, vocabSize),
    frozen: new Set(frozen),
    scratch,
    report,
  };
};

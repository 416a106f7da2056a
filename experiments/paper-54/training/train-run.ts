import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import { modelShape } from '../model/model-shape.ts';
import { parameterSpecs, readParameters, runMetadata } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import type { RunCurve } from './run-curve.ts';
import { type FinishedWeights, trainModel } from './train-model.ts';
import { trainingOptions } from './training-options.ts';
import { trainingWitness } from './training-witness.ts';

export const trainRunParams = z.strictObject({
  /** The run's name, for example `v1`. */
  run: z.string(),
  /** Parameters that keep the values of the init. */
  frozen: z.array(z.string()).default([]),
  shape: modelShape,
  options: trainingOptions,
});

const lossesOf = ({ step, heldOutLossNats, trainLossNats }: FinishedWeights) => ({
  step,
  heldOutLossNats,
  trainLossNats,
});

/**
 * Trains one run from its init. `weights` holds what was trained, at the lowest held-out loss; `curve` the
 * losses of every step, and of the best and the last weights on the same text.
 */
export const trainRun = defineStage({
  module: import.meta.url,
  exportName: 'trainRun',
  kind: 'numeric',
  inputs: { tokens: ['tokens'], init: ['init'] },
  outputs: { weights: 'weights.safetensors', curve: 'curve.json' },
  params: trainRunParams,
  run: async ({ params: { run, frozen, shape, options }, inputs, outputs, scratch, report }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const { best, last, curve, finalWindows } = await trainModel({
      shape,
      vocabSize,
      options,
      train: part('train'),
      heldOut: part('heldOut'),
      start: readParameters(readSafetensors(inputs.init.init), shape, vocabSize),
      frozen: new Set(frozen),
      scratch,
      report,
    });
    const tensors: Record<string, Tensor> = {};
    for (const { name, shape: dims } of parameterSpecs(shape, vocabSize)) {
      const data = best.parameters.get(name);
      if (data) tensors[name] = { dtype: options.precision, shape: dims, data };
    }
    writeSafetensors(
      outputs.weights,
      tensors,
      runMetadata({ ...shape, vocabSize, run, seed: options.seed, steps: best.step }),
    );
    const told: RunCurve = {
      run,
      seed: options.seed,
      best: lossesOf(best),
      last: lossesOf(last),
      finalWindows,
      points: [...curve],
    };
    writeFileSync(outputs.curve, JSON.stringify(told));
  },
  witness: trainingWitness,
});

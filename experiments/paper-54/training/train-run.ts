import { writeFileSync } from 'node:fs';
import { defineStage } from '../../../src/engine/stage/define-stage.ts';
import { type Tensor, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import { parameterSpecs, runMetadata } from '../model/parameters.ts';
import type { RunCurve } from './run-curve.ts';
import { type FinishedWeights, trainModel } from './train-model.ts';
import { trainingTask, trainRunParams } from './training-task.ts';
import { trainingWitness } from './training-witness.ts';

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
  kind: 'numeric',
  inputs: { tokens: ['tokens'], init: ['init'] },
  outputs: { weights: 'weights.safetensors', curve: 'curve.json' },
  params: trainRunParams,
  run: async (context) => {
    const {
      params: { run, shape, options },
      outputs,
    } = context;
    const task = trainingTask(context);
    const { vocabSize } = task;
    const { best, last, curve, finalWindows } = await trainModel(task);
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

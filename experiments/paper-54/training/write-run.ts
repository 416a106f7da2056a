import { writeFileSync } from 'node:fs';
import { type Tensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { parameterSpecs, runMetadata } from '../model/parameters.ts';
import type { RunCurve } from './run-curve.ts';
import type { FinishedWeights, TrainingResult } from './train-model.ts';
import type { TrainRunParams } from './training-task.ts';

const lossesOf = ({ step, heldOutLossNats, trainLossNats }: FinishedWeights) => ({
  step,
  heldOutLossNats,
  trainLossNats,
});

/**
 * Writes a finished run. `weights` holds what was trained, at the lowest held-out loss; `curve` the losses of every
 * step, and of the best and the last weights on the same text.
 */
export const writeRun = (
  outputs: { readonly weights: string; readonly curve: string },
  { run, shape, options }: Pick<TrainRunParams, 'run' | 'shape' | 'options'>,
  vocabSize: number,
  { best, last, curve, finalWindows }: TrainingResult,
): void => {
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
};

import { defineStage } from 'reproducible-paper/stage';
import { trainModel } from './train-model.ts';
import { trainingTask, trainRunParams } from './training-task.ts';
import { trainingWitness } from './training-witness.ts';
import { writeRun } from './write-run.ts';

/** Trains one run from its init. */
export const trainRun = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], init: ['init'] },
  outputs: { weights: 'weights.safetensors', curve: 'curve.json' },
  params: trainRunParams,
  // Two hours at the paper's size on a slow machine; a larger one takes longer.
  limitMinutes: 24 * 60,
  run: async (context) => {
    const task = trainingTask(context);
    writeRun(context.outputs, context.params, task.vocabSize, await trainModel(task));
  },
  witness: trainingWitness,
});

/** Trains the model by gradient descent on fresh tokens at each step; stopped, it goes on from its last checkpoint. */
import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { asTensors, initialParameters, lossNats, stepDown } from './bigram-model.ts';
import { readCheckpoint, type TrainingState, writeCheckpoint } from './checkpoint.ts';
import { drawTokens, entropyNats } from './source.ts';

export const sourceSchema = z.strictObject({
  vocabSize: z.int().min(2),
  persistence: z.number().min(0).max(1),
});

export const train = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'train.json', weights: 'weights.safetensors' },
  params: z.strictObject({
    source: sourceSchema,
    width: z.int().positive(),
    seed: z.int().nonnegative(),
    steps: z.int().positive(),
    batchSize: z.int().min(2),
    learningRate: z.number().positive(),
    evaluateEvery: z.int().positive(),
    checkpointEvery: z.int().positive(),
  }),
  run: ({ params, outputs, scratch, report }) => {
    const { source, seed, steps, batchSize, learningRate, evaluateEvery, checkpointEvery } = params;
    const shape = { vocabSize: source.vocabSize, width: params.width };
    const heldOut = drawTokens(source, 2_000, 0, 'validation');
    let state: TrainingState = readCheckpoint(scratch, shape) ?? {
      step: 0,
      parameters: initialParameters(shape, seed),
      curve: [],
    };
    const evaluated = ({ step, parameters, curve }: TrainingState): TrainingState => ({
      step,
      parameters,
      curve: [...curve, { step, loss: lossNats(shape, parameters, heldOut) }],
    });
    if (state.step === 0) state = evaluated(state);
    while (state.step < steps) {
      const step = state.step + 1;
      // Named by its step, so that a training that goes on reads what it would have read.
      const tokens = drawTokens(source, batchSize, seed, `batch/${step}`);
      state = { ...state, step, parameters: stepDown(shape, state.parameters, tokens, learningRate) };
      if (step % evaluateEvery === 0) state = evaluated(state);
      if (step % checkpointEvery === 0) writeCheckpoint(scratch, shape, state);
      report({ done: step, total: steps, figures: { loss: state.curve.at(-1)!.loss.toFixed(3) } });
    }
    writeSafetensors(outputs.weights, asTensors(shape, state.parameters));
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: 'loss-curve',
        columns: [nameColumn('step'), numberColumn('loss', 'nats'), numberColumn('entropy', 'nats')],
        rows: state.curve.map((point) => ({ ...point, entropy: entropyNats(source) })),
      },
    ]);
  },
});

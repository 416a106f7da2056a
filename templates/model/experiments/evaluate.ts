/** The loss of a trained model on tokens that no training saw, between what it could be at best and without learning. */
import { readSafetensors, tensorOf } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { lossNats, parameterShapes } from './bigram-model.ts';
import { drawTokens, entropyNats } from './source.ts';
import { sourceSchema } from './train.ts';

export const evaluate = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { trained: ['weights'] },
  outputs: { result: 'evaluate.json' },
  params: z.strictObject({ source: sourceSchema, tokens: z.int().min(2) }),
  run: ({ params: { source, tokens }, inputs, outputs }) => {
    const file = readSafetensors(inputs.trained.weights);
    const shape = { vocabSize: source.vocabSize, width: tensorOf(file, 'embedding').shape[1]! };
    const parameters = Object.fromEntries(
      Object.keys(parameterShapes(shape)).map((name) => [name, Float32Array.from(tensorOf(file, name).data)]),
    );
    const loss = lossNats(shape, parameters, drawTokens(source, tokens, 0, 'test'));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'losses',
        run: 'trained',
        columns: [nameColumn('of'), numberColumn('loss', 'nats')],
        rows: [
          { of: 'source', loss: entropyNats(source) },
          { of: 'trained', loss },
          { of: 'untrained', loss: Math.log(source.vocabSize) },
        ],
      },
    ]);
  },
});

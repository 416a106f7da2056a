/** PhotonicGPT's size here, beside the size that the paper's description gives. */
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openTokens } from '../tokenizer/token-reader.ts';
import { type ModelShape, modelShape } from './model-shape.ts';
import { parameterCount } from './parameters.ts';

const sizes = (shape: ModelShape, vocabSize: number): Readonly<Record<string, number>> => ({
  layers: shape.nLayers,
  width: shape.dModel,
  heads: shape.nHeads,
  context: shape.contextLength,
  vocabulary: vocabSize,
  parameters: parameterCount(shape, vocabSize),
});

const size = z.strictObject({ shape: modelShape, vocabSize: z.int().positive() });

export const modelTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'] },
  outputs: { result: 'model.json' },
  params: z.strictObject({
    shape: modelShape,
    /** The paper's own size, which is not trained here. */
    paper: size,
    /** Of both trainings. */
    steps: z.int().positive(),
    batchSize: z.int().positive(),
    attentionWindows: z.int().positive(),
    ladderWindows: z.int().positive(),
  }),
  run: ({ params, inputs, outputs }) => {
    const { vocabSize } = openTokens(inputs.tokens.tokens);
    const here = sizes(params.shape, vocabSize);
    const paper = sizes(params.paper.shape, params.paper.vocabSize);
    const value = (id: string, number: number, unit: string) => ({
      kind: 'value' as const,
      id,
      value: number,
      unit,
    });
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'model',
        run: null,
        columns: [nameColumn('quantity'), numberColumn('here'), numberColumn('paper-size')],
        rows: Object.keys(here).map((quantity) => ({
          quantity,
          here: here[quantity]!,
          'paper-size': paper[quantity]!,
        })),
      },
      value('training-steps', params.steps, 'steps'),
      value('tokens-per-step', params.batchSize * params.shape.contextLength, 'tokens'),
      value('attention-windows', params.attentionWindows, 'windows'),
      value('ladder-windows', params.ladderWindows, 'windows'),
    ]);
  },
});

/**
 * How far apart two trained models' predictions are: the mean over positions of KL(A||B) between their distributions of
 * the next token, in nats, on held-out text. Beside CT+SFT and V1, each and the init that it came from.
 */
import { writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { type Handle, type Kernels, runOne } from 'reproducible-paper/tensor/kernels';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { z } from 'zod';
import { enterParameters } from '../model/enter-parameters.ts';
import { type ModelShape, modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { logits, positionConstants } from '../model/photonic-gpt.ts';
import { openTokens } from '../tokenizer/token-reader.ts';

const T = { T: { type: 'float32' } } as const;
const sumAttributes = { T: { type: 'float32' }, Tidx: { type: 'int32' }, keep_dims: false } as const;

/** Log probabilities of the next token [pos, vocab] of one window. */
type Predict = (ids: Int32Array) => Handle;

const predictor = (kernels: Kernels, shape: ModelShape, vocabSize: number, path: string): Predict => {
  const handles = enterParameters(
    kernels,
    shape,
    vocabSize,
    readParameters(readSafetensors(path), shape, vocabSize),
  );
  const frozen = new Map([...handles].map(([name, handle]) => [name, variable(handle, false)]));
  const constants = positionConstants(kernels, shape, shape.contextLength);
  return (ids) => {
    const entered = kernels.tensor(ids, [ids.length]);
    const { handle } = logits(createTape(kernels), shape, frozen, constants, entered, 1);
    return runOne(kernels, 'LogSoftmax', [handle], T);
  };
};

/** Sum over positions of KL(A||B). @param a, b log probabilities [pos, vocab] */
export const divergence = (kernels: Kernels, a: Handle, b: Handle): number =>
  kernels.scope(() => {
    const weighted = runOne(
      kernels,
      'Mul',
      [runOne(kernels, 'Exp', [a], T), runOne(kernels, 'Sub', [a, b], T)],
      T,
    );
    const byPosition = runOne(
      kernels,
      'Sum',
      [weighted, kernels.tensor(Int32Array.of(1), [1])],
      sumAttributes,
    );
    let sum = 0;
    for (const nats of kernels.read(byPosition)) sum += nats;
    return sum;
  });

const runNames = ['v1', 'ct-sft', 'v1-init', 'ct-init'] as const;
type RunName = (typeof runNames)[number];

const pairs: readonly (readonly [RunName, RunName])[] = [
  ['v1', 'ct-sft'],
  ['ct-sft', 'v1'],
  ['v1', 'v1-init'],
  ['ct-sft', 'ct-init'],
];

export const divergencesSchema = z.array(
  z.strictObject({ of: z.enum(runNames), from: z.enum(runNames), nats: z.number(), positions: z.int() }),
);

/** Too long for a build: it is kept, and a table is made of what is kept. */
export const predictionDivergences = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], v1: ['weights'], ctSft: ['weights'], v1Init: ['init'], ctInit: ['init'] },
  outputs: { divergences: 'prediction-divergences.json' },
  params: z.strictObject({
    shape: modelShape,
    /** Windows of held-out text, from the first on. */
    windows: z.int().positive().default(16),
  }),
  run: ({ params: { shape, windows }, inputs, outputs, report }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const text = part('heldOut');
    const kernels = nativeKernels();
    const sums = new Map(pairs.map((pair) => [pair, 0]));
    const { contextLength } = shape;
    const count = Math.min(windows, Math.floor(text.length / contextLength));
    kernels.scope(() => {
      const model = (path: string) => predictor(kernels, shape, vocabSize, path);
      const predict: Readonly<Record<RunName, Predict>> = {
        v1: model(inputs.v1.weights),
        'ct-sft': model(inputs.ctSft.weights),
        'v1-init': model(inputs.v1Init.init),
        'ct-init': model(inputs.ctInit.init),
      };
      for (let window = 0; window < count; window += 1) {
        kernels.scope(() => {
          const ids = text.slice(window * contextLength, (window + 1) * contextLength);
          const predicted = Object.fromEntries(runNames.map((name) => [name, predict[name](ids)]));
          for (const pair of pairs) {
            const [a, b] = pair;
            sums.set(pair, sums.get(pair)! + divergence(kernels, predicted[a]!, predicted[b]!));
          }
        });
        report({ done: window + 1, total: count });
      }
    });
    const positions = count * contextLength;
    const found = pairs.map((pair) => ({
      of: pair[0],
      from: pair[1],
      nats: sums.get(pair)! / positions,
      positions,
    }));
    writeFileSync(outputs.divergences, JSON.stringify(divergencesSchema.parse(found)));
  },
});

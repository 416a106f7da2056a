import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage, type Progress } from '../../../src/engine/define-stage.ts';
import { nativeKernels } from '../../../src/tensor/native-kernels.ts';
import {
  int32Of,
  readSafetensors,
  type Safetensors,
  tensorOf,
  writeSafetensors,
} from '../../../src/tensor/safetensors.ts';
import { type ModelShape, modelShape } from '../model/model-shape.ts';
import { type Parameters, parameterTensors, randomParameters } from '../model/parameters.ts';
import { trainModel } from './train-model.ts';
import { type TrainingOptions, trainingOptions } from './training-options.ts';

const params = z.strictObject({ shape: modelShape, options: trainingOptions });
const outputs = { weights: 'weights.safetensors', init: 'init.safetensors', curve: 'curve.json' } as const;

interface Run {
  readonly run: string;
  /** The run that its untrained weights are. */
  readonly startName: string;
  readonly tokens: Safetensors;
  readonly start: (vocabSize: number) => Parameters;
  readonly frozen: ReadonlySet<string>;
  readonly shape: ModelShape;
  readonly options: TrainingOptions;
  readonly outputs: Readonly<Record<keyof typeof outputs, string>>;
  readonly scratch: string;
  readonly report: (progress: Progress) => void;
}

const train = async ({
  run,
  startName,
  tokens,
  start,
  frozen,
  shape,
  options,
  ...stage
}: Run): Promise<void> => {
  const vocabSize = Number(tokens.metadata['vocabSize']);
  const init = start(vocabSize);
  const metadata = (name: string, steps: number): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...shape, vocabSize, run: name, seed: options.seed, steps }).map(([name, value]) => [
        name,
        String(value),
      ]),
    );
  const { parameters, curve } = await trainModel({
    kernels: await nativeKernels(),
    shape,
    vocabSize,
    options,
    train: int32Of(tokens, 'train'),
    heldOut: int32Of(tokens, 'heldOut'),
    start: init,
    frozen,
    scratch: stage.scratch,
    report: stage.report,
  });
  writeSafetensors(stage.outputs.init, parameterTensors(shape, vocabSize, init), metadata(startName, 0));
  writeSafetensors(
    stage.outputs.weights,
    parameterTensors(shape, vocabSize, parameters),
    metadata(run, options.steps),
  );
  writeFileSync(stage.outputs.curve, JSON.stringify({ run, seed: options.seed, points: curve }));
};

/** V1: everything trained, from random init. */
export const trainV1 = defineStage({
  module: import.meta.url,
  exportName: 'trainV1',
  kind: 'numeric',
  inputs: { tokens: ['tokens'] },
  outputs,
  params,
  run: ({ params: { shape, options }, inputs, ...stage }) =>
    train({
      run: 'v1',
      startName: 'random-init',
      tokens: readSafetensors(inputs.tokens.tokens),
      start: (vocabSize) => randomParameters(shape, vocabSize, options.seed, 'v1'),
      frozen: new Set(),
      shape,
      options,
      ...stage,
    }),
});

/**
 * CT+SFT: the embedding, and with it the tied head, stays at its crystallized values; everything else is
 * trained, from a random init of V1's family but of its own (so that a likeness to V1 would be found, not given),
 * except the final norm, which starts where ct-init puts it. Its `init` is the run `ct-init`.
 */
export const trainCtSft = defineStage({
  module: import.meta.url,
  exportName: 'trainCtSft',
  kind: 'numeric',
  inputs: { tokens: ['tokens'], embeddings: ['embeddings'] },
  outputs,
  params,
  run: ({ params: { shape, options }, inputs, ...stage }) => {
    const embeddings = readSafetensors(inputs.embeddings.embeddings);
    const crystallized = (name: string): Float32Array =>
      Float32Array.from(tensorOf(embeddings, `ct-init.${name}`).data);
    return train({
      run: 'ct-sft',
      startName: 'ct-init',
      tokens: readSafetensors(inputs.tokens.tokens),
      start: (vocabSize) =>
        new Map([
          ...randomParameters(shape, vocabSize, options.seed, 'ct-sft'),
          ...['wte.weight', 'ln_f.weight', 'ln_f.bias'].map((name) => [name, crystallized(name)] as const),
        ]),
      frozen: new Set(['wte.weight']),
      shape,
      options,
      ...stage,
    });
  },
});

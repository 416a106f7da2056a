/** Losses of a seed's models before any training: their rungs of the ladder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { sparseMap } from 'reproducible-paper/numerics/sparse-matrix';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { ctLiteralEmbedding } from '../crystallization/ct-literal.ts';
import { modelShape } from '../model/model-shape.ts';
import { type Parameters, readParameters } from '../model/parameters.ts';
import { evaluateModels, losses } from './evaluate-models.ts';
import { readCurve } from './run-curve.ts';

const untrainedNames = ['random-init', 'ct-literal', 'ct-init'] as const;

export const untrainedLosses = z.object({
  seed: z.int(),
  losses: z.record(z.enum(untrainedNames), losses),
});

export const evaluateUntrained = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], counts: ['counts'], v1: ['curve'], v1Init: ['init'], ctInit: ['init'] },
  outputs: { losses: 'untrained-losses.json' },
  params: z.strictObject({
    shape: modelShape,
    /** Root mean square of the literal formula's embedding. */
    rms: z.number().positive(),
  }),
  run: ({ params: { shape, rms }, inputs, outputs, report }) => {
    const { finalWindows, seed } = readCurve(inputs.v1.curve);
    const read = (path: string, vocabSize: number): Parameters =>
      readParameters(readSafetensors(path), shape, vocabSize);
    const literal = (): Float32Array => {
      const logCounts = sparseMap(readCounts(inputs.counts.counts).k2, Math.log1p);
      return Float32Array.from(ctLiteralEmbedding(logCounts, shape.dModel, rms));
    };
    const models: Readonly<Record<(typeof untrainedNames)[number], (vocabSize: number) => Parameters>> = {
      'random-init': (vocabSize) => read(inputs.v1Init.init, vocabSize),
      'ct-literal': (vocabSize) =>
        new Map([...read(inputs.v1Init.init, vocabSize), ['wte.weight', literal()]]),
      'ct-init': (vocabSize) => read(inputs.ctInit.init, vocabSize),
    };
    const found = evaluateModels(inputs.tokens.tokens, shape, finalWindows, models, report);
    writeFileSync(outputs.losses, JSON.stringify(untrainedLosses.parse({ seed, losses: found })));
  },
});

export const readUntrainedLosses = (path: string): z.output<typeof untrainedLosses> =>
  untrainedLosses.parse(JSON.parse(readFileSync(path, 'utf8')));

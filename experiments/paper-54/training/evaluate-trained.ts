/** Losses of one run's finished weights: evaluated in this build, and held against what its training recorded. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { chosenBackend } from 'reproducible-paper/tensor/chosen-backend';
import { z } from 'zod';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { evaluateModels, losses } from './evaluate-models.ts';
import { requireRecordedLoss } from './require-recorded-loss.ts';
import { readCurve } from './run-curve.ts';

const evaluatedRun = losses.extend({
  run: z.string(),
  /** Plain JavaScript runs no model: what the training recorded then stands in its place. */
  evaluation: z.enum(['computed', 'recorded']),
});

export type EvaluatedRun = z.output<typeof evaluatedRun>;

export const evaluateTrained = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], weights: ['weights'], training: ['curve'] },
  outputs: { losses: 'evaluated-losses.json' },
  params: z.strictObject({ shape: modelShape }),
  run: ({ params: { shape }, inputs, outputs, report }) => {
    const { run, best, finalWindows } = readCurve(inputs.training.curve);
    const evaluate = () => {
      const weights = readSafetensors(inputs.weights.weights);
      const models = { [run]: (vocabSize: number) => readParameters(weights, shape, vocabSize) };
      return evaluateModels(inputs.tokens.tokens, shape, finalWindows, models, report)[run]!;
    };
    const evaluation: EvaluatedRun['evaluation'] = chosenBackend() === 'native' ? 'computed' : 'recorded';
    const found = evaluation === 'computed' ? evaluate() : best;
    requireRecordedLoss(run, best.heldOutLossNats, found.heldOutLossNats);
    writeFileSync(outputs.losses, JSON.stringify(evaluatedRun.parse({ ...found, run, evaluation })));
  },
});

export const readEvaluatedRun = (path: string): EvaluatedRun =>
  evaluatedRun.parse(JSON.parse(readFileSync(path, 'utf8')));

/**
 * Losses of one run's finished weights: those of the first batches computed in this build and held against the ones that
 * were kept, the mean of all held against what the training recorded.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { chosenBackend } from 'reproducible-paper/tensor/chosen-backend';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { requireKept } from '../controls/require-kept.ts';
import { modelShape } from '../model/model-shape.ts';
import { readBatchLosses } from './batch-losses.ts';
import { evaluateBatches } from './evaluate-batches.ts';
import { losses } from './evaluate-models.ts';
import { requireRecordedLoss, toleranceNats } from './require-recorded-loss.ts';
import { readCurve } from './run-curve.ts';

/** Batches of either text that every build computes again. */
const batchesAgain = 2;

const evaluatedRun = losses.extend({
  run: z.string(),
  /** Plain JavaScript runs no model: what the training recorded then stands in its place. */
  evaluation: z.enum(['computed', 'recorded']),
});

export type EvaluatedRun = z.output<typeof evaluatedRun>;

export const evaluateTrained = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], weights: ['weights'], training: ['curve'], batches: ['losses'] },
  outputs: { losses: 'evaluated-losses.json' },
  params: z.strictObject({ shape: modelShape }),
  run: ({ params: { shape }, inputs, outputs, report }) => {
    const { run, best, finalWindows: windows } = readCurve(inputs.training.curve);
    const kept = readBatchLosses(inputs.batches.losses);
    const evaluate = () => {
      const weights = readSafetensors(inputs.weights.weights);
      const model = { tokens: inputs.tokens.tokens, shape, windows, weights };
      const again = evaluateBatches(model, report, batchesAgain);
      for (const text of ['heldOutLossNats', 'trainLossNats'] as const) {
        again[text].forEach((loss, batch) => {
          requireKept({
            stage: 'batch-losses',
            what: `${text} of ${run} on batch ${batch}`,
            kept: kept[text][batch],
            again: loss,
            tolerance: toleranceNats,
          });
        });
      }
      return { heldOutLossNats: mean(kept.heldOutLossNats), trainLossNats: mean(kept.trainLossNats) };
    };
    const evaluation: EvaluatedRun['evaluation'] = chosenBackend() === 'native' ? 'computed' : 'recorded';
    const found = evaluation === 'computed' ? evaluate() : best;
    requireRecordedLoss(run, best.heldOutLossNats, found.heldOutLossNats);
    writeFileSync(outputs.losses, JSON.stringify(evaluatedRun.parse({ ...found, run, evaluation })));
  },
});

export const readEvaluatedRun = (path: string): EvaluatedRun =>
  evaluatedRun.parse(JSON.parse(readFileSync(path, 'utf8')));

/** Losses of one run's finished weights, batch by batch: all of them take longer than a build may. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { modelShape } from '../model/model-shape.ts';
import { type BatchLosses, evaluateBatches } from './evaluate-batches.ts';
import { readCurve } from './run-curve.ts';

const batchLosses = z.object({
  heldOutLossNats: z.array(z.number()).min(1),
  trainLossNats: z.array(z.number()).min(1),
});

export const recordBatchLosses = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], weights: ['weights'], training: ['curve'] },
  outputs: { losses: 'batch-losses.json' },
  params: z.strictObject({ shape: modelShape }),
  run: ({ params: { shape }, inputs, outputs, report }) => {
    const found = evaluateBatches(
      {
        tokens: inputs.tokens.tokens,
        shape,
        windows: readCurve(inputs.training.curve).finalWindows,
        weights: readSafetensors(inputs.weights.weights),
      },
      report,
    );
    writeFileSync(outputs.losses, JSON.stringify(batchLosses.parse(found)));
  },
});

export const readBatchLosses = (path: string): BatchLosses =>
  batchLosses.parse(JSON.parse(readFileSync(path, 'utf8')));

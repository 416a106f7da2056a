/** The training ladder: mean loss in nats a token, and its exponential, from the uniform guess to V1. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { sparseMap } from '../../../src/tensor/sparse-matrix.ts';
import { writeResults } from '../analyses/result-file.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { ctLiteralEmbedding } from '../crystallization/ct-literal.ts';
import { ladderBaselines } from '../crystallization/ladder-baselines.ts';
import { createLossGraph } from '../model/loss-graph.ts';
import { modelShape } from '../model/model-shape.ts';
import { type Parameters, readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { stretchOf } from './batches.ts';
import { type Losses, ladderResults } from './ladder-table.ts';
import { readRecordedLosses } from './record-losses.ts';
import { requireRecordedLoss } from './require-recorded-loss.ts';
import { readCurve } from './run-curve.ts';

/** Windows that a forward pass takes at once: the most that leave none over. */
const windowsAtOnce = (...counts: readonly number[]): number =>
  [8, 4, 2].find((size) => counts.every((count) => count % size === 0)) ?? 1;

const params = z.strictObject({
  shape: modelShape,
  /** Root mean square of the literal formula's embedding. */
  rms: z.number().positive(),
});

export const evaluateLadder = defineStage({
  module: import.meta.url,
  exportName: 'evaluateLadder',
  kind: 'numeric',
  inputs: {
    tokens: ['tokens'],
    counts: ['counts'],
    v1: ['weights', 'curve'],
    v1Init: ['init'],
    ctSft: ['weights'],
    ctInit: ['init'],
    recorded: ['losses'],
  },
  outputs: { result: 'training-ladder.json' },
  params,
  run: async ({ params: { shape, rms }, inputs, outputs, report }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const [train, heldOut] = [part('train'), part('heldOut')];
    // The text on which the trainings evaluated their finished weights.
    const curve = readCurve(inputs.v1.curve);
    const { finalWindows: windows } = curve;
    const batchSize = windowsAtOnce(windows.heldOut, windows.train);
    const texts = {
      heldOut: stretchOf(heldOut, shape.contextLength, windows.heldOut, batchSize),
      train: stretchOf(train, shape.contextLength, windows.train, batchSize),
    };
    const seenTokens = windows.heldOut * shape.contextLength + 1;
    const baselines = ladderBaselines(train.slice(0, train.length), heldOut.slice(0, seenTokens), vocabSize);
    const read = (path: string): Parameters => readParameters(readSafetensors(path), shape, vocabSize);
    const logCounts = sparseMap(readCounts(inputs.counts.counts).k2, Math.log1p);
    const literal = (): Float32Array => Float32Array.from(ctLiteralEmbedding(logCounts, shape.dModel, rms));
    const runs: Readonly<Record<string, () => Parameters>> = {
      'random-init': () => read(inputs.v1Init.init),
      'ct-literal': () => new Map([...read(inputs.v1Init.init), ['wte.weight', literal()]]),
      'ct-init': () => read(inputs.ctInit.init),
      'ct-sft': () => read(inputs.ctSft.weights),
      v1: () => read(inputs.v1.weights),
    };
    const graph = await createLossGraph(shape, vocabSize, batchSize);
    const losses = new Map<string, Losses>(Object.entries(baselines));
    for (const [index, [run, parameters]] of Object.entries(runs).entries()) {
      graph.load(parameters());
      losses.set(run, {
        heldOutLossNats: graph.meanLoss(texts.heldOut),
        trainLossNats: graph.meanLoss(texts.train),
      });
      report({ done: index + 1, total: Object.keys(runs).length });
    }
    graph.dispose();
    const recorded = readRecordedLosses(inputs.recorded.losses);
    const { seed } = curve;
    for (const { run, best } of recorded.filter((losses) => losses.seed === seed)) {
      requireRecordedLoss(run, best.heldOutLossNats, losses.get(run)!.heldOutLossNats);
    }
    writeResults(outputs.result, {
      results: ladderResults(losses, new Set(Object.keys(baselines)), recorded),
    });
  },
});

/** The training ladder: mean loss in nats a token, and its exponential, from the uniform guess to V1. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { chosenBackend } from '../../../src/tensor/chosen-backend.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { writeResults } from '../analyses/result-file.ts';
import { ladderBaselines } from '../crystallization/ladder-baselines.ts';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { evaluateModels, type Losses } from './evaluate-models.ts';
import { readUntrainedLosses } from './evaluate-untrained.ts';
import { type Evaluation, ladderResults } from './ladder-table.ts';
import { readRecordedLosses } from './record-losses.ts';
import { requireRecordedLoss } from './require-recorded-loss.ts';
import { readCurve } from './run-curve.ts';

/** Training tokens that the baselines are fitted on, from the first: a corpus may be larger than memory. */
const mostFittedTokens = 2 ** 22;

export const evaluateLadder = defineStage({
  module: import.meta.url,
  exportName: 'evaluateLadder',
  kind: 'numeric',
  inputs: {
    tokens: ['tokens'],
    v1: ['weights', 'curve'],
    ctSft: ['weights'],
    recorded: ['losses'],
    untrained: ['losses'],
  },
  outputs: { result: 'training-ladder.json' },
  params: z.strictObject({ shape: modelShape }),
  run: ({ params: { shape }, inputs, outputs, report }) => {
    const { finalWindows: windows, seed } = readCurve(inputs.v1.curve);
    const trained = readRecordedLosses(inputs.recorded.losses);
    const untrained = readUntrainedLosses(inputs.untrained.losses);
    const ofSeed = trained.filter((losses) => losses.seed === seed);
    // Plain JavaScript runs no model: what the trainings recorded then stands in its place, and the table says so.
    const evaluation: Evaluation = chosenBackend() === 'native' ? 'computed' : 'recorded';
    const weights: Readonly<Record<string, string>> = {
      'ct-sft': inputs.ctSft.weights,
      v1: inputs.v1.weights,
    };
    const evaluated: Readonly<Record<string, Losses>> =
      evaluation === 'recorded'
        ? Object.fromEntries(
            Object.keys(weights).map((run) => [run, ofSeed.find((of) => of.run === run)!.best]),
          )
        : evaluateModels(
            inputs.tokens.tokens,
            shape,
            windows,
            Object.fromEntries(
              Object.entries(weights).map(([run, path]) => [
                run,
                (vocabSize) => readParameters(readSafetensors(path), shape, vocabSize),
              ]),
            ),
            report,
          );
    for (const { run, best } of ofSeed) {
      requireRecordedLoss(run, best.heldOutLossNats, evaluated[run]!.heldOutLossNats);
    }
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const [train, heldOut] = [part('train'), part('heldOut')];
    const baselines = ladderBaselines(
      train.slice(0, mostFittedTokens),
      heldOut.slice(0, windows.heldOut * shape.contextLength + 1),
      vocabSize,
    );
    const atStart = untrained.find((of) => of.seed === seed)!.losses;
    writeResults(outputs.result, {
      results: ladderResults(
        new Map(Object.entries({ ...baselines, ...atStart, ...evaluated })),
        new Set(Object.keys(baselines)),
        { trained, untrained },
        evaluation,
      ),
    });
  },
});

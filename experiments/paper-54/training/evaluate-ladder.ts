/** The training ladder: mean loss in nats a token, and its exponential, from the uniform guess to V1. */
import { writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { ladderBaselines } from '../crystallization/ladder-baselines.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { readEvaluatedRun } from './evaluate-trained.ts';
import { readAllUntrained } from './gather-untrained.ts';
import { ladderResults } from './ladder-table.ts';
import { readRecordedLosses } from './record-losses.ts';
import { readCurve } from './run-curve.ts';

/** Training tokens that the baselines are fitted on, from the first: a corpus may be larger than memory. */
const mostFittedTokens = 2 ** 22;

export const evaluateLadder = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {
    tokens: ['tokens'],
    training: ['curve'],
    v1: ['losses'],
    ctSft: ['losses'],
    recorded: ['losses'],
    untrained: ['losses'],
  },
  outputs: { result: 'training-ladder.json' },
  params: z.strictObject({ contextLength: z.int().positive() }),
  run: ({ params: { contextLength }, inputs, outputs }) => {
    const { finalWindows: windows, seed } = readCurve(inputs.training.curve);
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const baselines = ladderBaselines(
      part('train').slice(0, mostFittedTokens),
      part('heldOut').slice(0, windows.heldOut * contextLength + 1),
      vocabSize,
    );
    const untrained = readAllUntrained(inputs.untrained.losses);
    const trained = [inputs.ctSft, inputs.v1].map(({ losses }) => readEvaluatedRun(losses));
    const methods = {
      ...baselines,
      ...untrained.find((of) => of.seed === seed)!.losses,
      ...Object.fromEntries(trained.map((losses) => [losses.run, losses])),
    };
    writeResults(
      outputs.result,
      ladderResults(
        new Map(Object.entries(methods)),
        new Set(Object.keys(baselines)),
        { trained: readRecordedLosses(inputs.recorded.losses), untrained },
        trained[0]!.evaluation,
      ),
    );
  },
});

/** A small training that passes through all that a long one does: with other code it ends elsewhere. */
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { WitnessMark } from 'reproducible-paper/stage';
import type { ModelShape } from '../model/model-shape.ts';
import { randomParameters } from '../model/parameters.ts';
import { trainModel } from './train-model.ts';
import { digestsOf, Killed, markOf, untilKilled } from './training-marks.ts';
import type { TrainingOptions } from './training-options.ts';
import type { TrainRunParams } from './training-task.ts';

/**
 * A model small enough for seconds: four epochs, a warm-up, the whole decay, evaluations, checkpoints, and a
 * kill between two of them.
 */
const miniature = {
  shape: { nLayers: 2, dModel: 32, nHeads: 2, contextLength: 32, ropeBase: 10_000 } satisfies ModelShape,
  vocabSize: 96,
  trainTokens: 7_700,
  heldOutTokens: 600,
  steps: 240,
  batchSize: 4,
  warmupSteps: 20,
  evaluateEvery: 40,
  checkpointEvery: 60,
  killedAfter: 130,
  markedEvery: 20,
} as const;

/** Text in which a token says something of the next: a walk of small steps, with a jump once in so many. */
const walk = (length: number, part: string, jumpsOnceIn: number): Int32Array => {
  const random = seededRandom(1, `miniature/${part}`);
  const tokens = new Int32Array(length);
  for (let at = 1; at < length; at += 1) {
    const jump =
      random.integer(jumpsOnceIn) === 0 ? random.integer(miniature.vocabSize) : 1 + random.integer(4);
    tokens[at] = (tokens[at - 1]! + jump) % miniature.vocabSize;
  }
  return tokens;
};

const miniatureOptions = (options: TrainingOptions): TrainingOptions => ({
  ...options,
  steps: miniature.steps,
  batchSize: miniature.batchSize,
  warmupSteps: miniature.warmupSteps,
  evaluateEvery: miniature.evaluateEvery,
  evaluateWindows: miniature.batchSize,
  checkpointEvery: miniature.checkpointEvery,
  finalWindows: { heldOut: miniature.batchSize, train: miniature.batchSize },
  patience: null,
});

/** @returns a mark every so many steps, and of the weights as stored */
export const runMiniature = async (
  { run, frozen, options }: TrainRunParams,
  scratch: string,
): Promise<WitnessMark[]> => {
  const marks: WitnessMark[] = [];
  const { shape, vocabSize } = miniature;
  const train = (killAfter: number) =>
    trainModel({
      shape,
      vocabSize,
      options: miniatureOptions(options),
      train: walk(miniature.trainTokens, 'train', 8),
      // Jumps more often, so that its loss falls, then rises: the best weights are not the last ones.
      heldOut: walk(miniature.heldOutTokens, 'held-out', 2),
      start: randomParameters(shape, vocabSize, options.seed, `miniature-${run}`),
      frozen: new Set(frozen),
      scratch,
      report: () => undefined,
      observe: (point, trained) => {
        if (point.step % miniature.markedEvery === 0) marks.push(markOf('miniature', point, trained));
        if (point.step === killAfter) throw new Killed();
      },
    });
  await untilKilled(train(miniature.killedAfter));
  const { best, last } = await train(Number.POSITIVE_INFINITY);
  // Steps between the checkpoint and the kill were marked twice: the resumed ones say whether resuming works.
  const resumedFrom = miniature.killedAfter - (miniature.killedAfter % miniature.checkpointEvery);
  const before = marks.filter((_, at) => at < Math.floor(miniature.killedAfter / miniature.markedEvery));
  const after = marks
    .slice(before.length)
    .map((mark) => ({ ...mark, at: `${mark.at}, resumed from ${resumedFrom}` }));
  return [
    ...before,
    ...after,
    {
      at: `the weights of step ${best.step}, as stored`,
      numbers: { 'miniature-held-out-loss': best.heldOutLossNats, 'miniature-loss': last.trainLossNats },
      digests: digestsOf(best.parameters),
    },
  ];
};

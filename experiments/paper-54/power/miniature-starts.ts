import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { pairCounts } from '../cooccurrence/pair-counts.ts';
import type { ModelShape } from '../model/model-shape.ts';
import type { TrainingOptions } from '../training/training-options.ts';
import { startProblem } from './planted-start.ts';

const shape: ModelShape = { nLayers: 2, dModel: 16, nHeads: 2, contextLength: 16, ropeBase: 10_000 };
const vocabSize = 96;

/** Text in which a token says something of the next: small steps through the vocabulary, common tokens first. */
const walk = (length: number, part: string): Int32Array => {
  const random = seededRandom(1, `miniature-starts/${part}`);
  const tokens = new Int32Array(length);
  for (let at = 1; at < length; at += 1) {
    const isJump = random.integer(3) === 0;
    tokens[at] = isJump
      ? Math.floor(vocabSize * random.uniform() ** 2)
      : (tokens[at - 1]! + 1 + random.integer(4)) % vocabSize;
  }
  return tokens;
};

/** A model from a planted start so small that it is trained in no time: by its own schedule, to the end. */
export const miniatureStarts = (training: Omit<TrainingOptions, 'seed'>) => {
  const train = walk(4000, 'train');
  const unigram = new Int32Array(vocabSize);
  for (const id of train) unigram[id]! += 1;
  const top = Int32Array.from(unigram.keys()).sort((a, b) => unigram[b]! - unigram[a]! || a - b);
  const placeOf = new Int32Array(vocabSize);
  top.forEach((id, place) => {
    placeOf[id] = place;
  });
  const places = train.map((id) => placeOf[id]!);
  const topK2 = sparseFromTriplets(vocabSize, vocabSize, pairCounts(places, vocabSize, 1));
  return {
    problem: startProblem({ top, unigram, topK2 }, { shape, vocabSize }, { ratio: 1.3, tokens: 12 }),
    options: { ...training, steps: 20, batchSize: 4, warmupSteps: 5, evaluateWindows: 4 },
    train,
    heldOut: walk(400, 'held-out'),
    trial: { seed: 1, alpha: 0.5, steps: [0, 7, 20], draws: 9 },
  };
};

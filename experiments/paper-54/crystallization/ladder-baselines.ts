/** What a model must beat: the uniform, unigram and interpolated bigram predictions, fitted on training text. */
import { pairCounts } from '../cooccurrence/pair-counts.ts';

export interface BaselineLosses {
  /** Nats a token. */
  readonly heldOutLossNats: number;
  readonly trainLossNats: number;
}

const meanNats = (tokens: Int32Array, probability: (previous: number, next: number) => number): number => {
  let sum = 0;
  for (let t = 1; t < tokens.length; t += 1) sum -= Math.log(probability(tokens[t - 1]!, tokens[t]!));
  return sum / (tokens.length - 1);
};

/**
 * @param train token ids [pos]; all of them are counted
 * @param heldOut token ids [pos]
 * @returns mean losses; the bigram is lambda p(y|x) + (1 - lambda) p(y), lambda by EM on a held-out tenth of
 * the training text (Jelinek and Mercer 1980); the unigram is smoothed by +1/2
 */
export const ladderBaselines = (
  train: Int32Array,
  heldOut: Int32Array,
  vocabSize: number,
): Readonly<Record<'uniform' | 'unigram' | 'bigram', BaselineLosses>> => {
  const fit = bigramModel(train.subarray(0, Math.floor(train.length * 0.9)), vocabSize);
  const lambda = fitWeight(fit, train.subarray(Math.floor(train.length * 0.9)));
  const whole = bigramModel(train, vocabSize);
  const losses = (probability: (x: number, y: number) => number): BaselineLosses => ({
    heldOutLossNats: meanNats(heldOut, probability),
    trainLossNats: meanNats(train, probability),
  });
  return {
    uniform: losses(() => 1 / vocabSize),
    unigram: losses((_, y) => whole.unigram(y)),
    bigram: losses((x, y) => lambda * whole.conditional(x, y) + (1 - lambda) * whole.unigram(y)),
  };
};

const bigramModel = (tokens: Int32Array, vocabSize: number) => {
  const counts = new Float64Array(vocabSize).fill(0.5);
  for (const token of tokens) counts[token]! += 1;
  const total = tokens.length + vocabSize / 2;
  const pairs = new Map<number, number>();
  const { rows, cols, values } = pairCounts(tokens, vocabSize, 1);
  const margins = new Float64Array(vocabSize);
  values.forEach((count, at) => {
    pairs.set(rows[at]! * vocabSize + cols[at]!, count);
    margins[rows[at]!]! += count;
  });
  return {
    unigram: (y: number): number => counts[y]! / total,
    conditional: (x: number, y: number): number =>
      margins[x] === 0 ? counts[y]! / total : (pairs.get(x * vocabSize + y) ?? 0) / margins[x]!,
  };
};

const emSteps = 20;

/** The share of the bigram that makes a text likeliest. */
const fitWeight = ({ unigram, conditional }: ReturnType<typeof bigramModel>, tokens: Int32Array): number => {
  const later = tokens.subarray(1);
  const ofPair = Float64Array.from(later, (token, at) => conditional(tokens[at]!, token));
  const ofToken = Float64Array.from(later, unigram);
  let lambda = 0.5;
  for (let step = 0; step < emSteps; step += 1) {
    let responsibility = 0;
    ofPair.forEach((probability, at) => {
      const bigram = lambda * probability;
      responsibility += bigram / (bigram + (1 - lambda) * ofToken[at]!);
    });
    lambda = responsibility / later.length;
  }
  return lambda;
};

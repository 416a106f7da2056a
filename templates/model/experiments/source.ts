/**
 * A source of tokens whose next one depends on the last: with probability `persistence` its successor in a fixed cycle,
 * and else any, all alike. Its entropy is what no model of one token's memory can do better than.
 */
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';

export interface Source {
  readonly vocabSize: number;
  /** [0, 1] */
  readonly persistence: number;
}

/** @returns token ids [length], each in [0, vocabSize) */
export const drawTokens = (
  { vocabSize, persistence }: Source,
  length: number,
  seed: number,
  stream: string,
): Int32Array => {
  const random = seededRandom(seed, stream);
  const tokens = new Int32Array(length);
  for (let at = 1; at < length; at += 1) {
    tokens[at] =
      random.uniform() < persistence ? (tokens[at - 1]! + 1) % vocabSize : random.integer(vocabSize);
  }
  return tokens;
};

/** Of the next token given the last: nats a token. */
export const entropyNats = ({ vocabSize, persistence }: Source): number => {
  const other = (1 - persistence) / vocabSize;
  const next = persistence + other;
  const term = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  return term(next) + (vocabSize - 1) * term(other);
};

/**
 * The final norm that makes ct-init's tied head predict: bias 1 / scale at column 0 and gain 0 there give back
 * the unigram; the other gains are s sign(lambda), s fitted on training text by golden-section search. Fitted
 * and measured on the head alone: an untrained body adds nothing that predicts.
 */
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { TokenReader } from '../tokenizer/token-reader.ts';
import type { CtInit } from './ct-init.ts';

export interface FinalNorm {
  /** [width] */
  readonly gain: Float64Array;
  /** [width] */
  readonly bias: Float64Array;
  readonly s: number;
}

const normEpsilon = 1e-5;

/** Tokens and their successors. */
export interface TokenPairs {
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** So many neighbouring tokens of a text, drawn without regard to place. */
export const samplePairs = (tokens: TokenReader, count: number, seed: number): TokenPairs => {
  const random = seededRandom(seed, 'head-pairs');
  const places = Int32Array.from({ length: Math.min(count, tokens.length - 1) }, () =>
    random.integer(tokens.length - 1),
  );
  const at = (place: number): number => tokens.slice(place, place + 1)[0]!;
  return { x: places.map(at), y: places.map((place) => at(place + 1)) };
};

export const finalNormOf = ({ eigenvalues, unigramScale }: CtInit, s: number): FinalNorm => ({
  s,
  gain: Float64Array.of(0, ...eigenvalues.map((value) => s * Math.sign(value))),
  bias: Float64Array.of(1 / unigramScale, ...new Float64Array(eigenvalues.length)),
});

/** The rows of an embedding after the final norm: [n, width]. */
export const normalisedRows = (
  embedding: Float64Array,
  width: number,
  ids: Int32Array,
  { gain, bias }: FinalNorm,
): Float64Array => {
  const rows = new Float64Array(ids.length * width);
  ids.forEach((id, at) => {
    const row = embedding.subarray(id * width, (id + 1) * width);
    const mean = row.reduce((sum, value) => sum + value, 0) / width;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    const inverse = 1 / Math.sqrt(variance + normEpsilon);
    for (let j = 0; j < width; j += 1)
      rows[at * width + j] = (row[j]! - mean) * inverse * gain[j]! + bias[j]!;
  });
  return rows;
};

const golden = (Math.sqrt(5) - 1) / 2;

/** The minimum of a function with one valley on [low, high], to a width of `tolerance`. */
export const goldenSection = (
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number => {
  let [a, b] = [low, high];
  let [c, d] = [b - golden * (b - a), a + golden * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  while (b - a > tolerance) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + golden * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
};

/** Gains are searched over e^low .. e^high: from no effect to far too much. */
const logGains = { low: -6, high: 6, tolerance: 0.02 } as const;

/** The gain s whose head predicts training text best. */
export const fitGain = (lossAt: (s: number) => number): number =>
  Math.exp(
    goldenSection((logGain) => lossAt(Math.exp(logGain)), logGains.low, logGains.high, logGains.tolerance),
  );

/**
 * Functions of a token's frequency: indicators of fine bins, log f and its square. What an embedding or a view has in
 * common with them is no knowledge of which token meets which.
 */
import { type Matrix, matrix } from '../../../src/numerics/matrix.ts';

export interface BinRule {
  /** A bin's most frequent token is this many times as frequent as its least, at most. */
  readonly ratio: number;
  /** A bin holds so many tokens at least. */
  readonly tokens: number;
}

/**
 * Tokens of one frequency share a bin, so that a bin's indicator is a function of frequency. Where the ratio leaves too
 * few, the bin is wider; too few at the end join the bin before.
 *
 * @param frequencies of tokens, descending [tokens]
 * @returns bin of each token [tokens], from 0
 */
export const frequencyBins = (frequencies: Float64Array, { ratio, tokens }: BinRule): Int32Array => {
  const bins = new Int32Array(frequencies.length);
  let start = 0;
  let bin = 0;
  for (let at = 1; at < frequencies.length; at += 1) {
    const isFull = at - start >= tokens;
    const isFar = frequencies[at]! * ratio < frequencies[start]!;
    if (isFull && isFar && frequencies[at]! < frequencies[at - 1]!) {
      start = at;
      bin += 1;
    }
    bins[at] = bin;
  }
  if (bin > 0 && frequencies.length - start < tokens) bins.fill(bin - 1, start);
  return bins;
};

/** A function that keeps less than this share of its length is a combination of those before. */
const dependent = 1e-9;

/**
 * An orthonormal basis of the functions of frequency, the constant first, by Gram and Schmidt's method, each function
 * freed twice of those before.
 *
 * @param frequencies [tokens]
 * @param bins of each token [tokens]
 * @returns functions as columns [tokens, functions]
 */
export const frequencyBasis = (frequencies: Float64Array, bins: Int32Array): Matrix => {
  const count = frequencies.length;
  const last = bins.reduce((a, b) => Math.max(a, b), 0);
  const logs = frequencies.map(Math.log);
  const functions = [
    new Float64Array(count).fill(1),
    ...Array.from({ length: last }, (_, bin) => Float64Array.from(bins, (of) => (of === bin ? 1 : 0))),
    logs,
    logs.map((x) => x * x),
  ];
  const basis: Float64Array[] = [];
  const length = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  for (const next of functions) {
    const before = length(next);
    for (const one of [...basis, ...basis]) {
      const overlap = one.reduce((sum, value, at) => sum + value * next[at]!, 0);
      for (let at = 0; at < count; at += 1) next[at]! -= overlap * one[at]!;
    }
    const left = length(next);
    if (left > dependent * before) basis.push(next.map((value) => value / left));
  }
  const data = new Float64Array(count * basis.length);
  basis.forEach((one, column) => {
    for (let at = 0; at < count; at += 1) data[at * basis.length + column] = one[at]!;
  });
  return matrix(count, basis.length, data);
};

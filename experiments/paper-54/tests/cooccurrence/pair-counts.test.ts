import { frobeniusNorm, identity, matrix, subtract, zeros } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import {
  type SparseMatrix,
  sparseFromTriplets,
  sparseTriplets,
} from 'reproducible-paper/numerics/sparse-matrix';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { addAttention, pairPlaces, pairTriplets } from '../../cooccurrence/attention-pairs.ts';
import {
  centredEmbedding,
  eigenbasis,
  inverseRoot,
  rawImage,
  whiten,
} from '../../cooccurrence/model-space.ts';
import { pairCounts } from '../../cooccurrence/pair-counts.ts';
import { weightings } from '../../cooccurrence/weightings.ts';

const vocab = 7;
const random = seededRandom(2, 'tokens');
const ids = Int32Array.from({ length: 200 }, () => random.integer(vocab));

const dense = (a: SparseMatrix): number[][] => {
  const rows = Array.from({ length: a.rows }, () => new Array<number>(a.cols).fill(0));
  const { rows: i, cols: j, values } = sparseTriplets(a);
  values.forEach((value, at) => {
    rows[i[at]!]![j[at]!] = value;
  });
  return rows;
};
const counted = (distance: number): SparseMatrix =>
  sparseFromTriplets(vocab, vocab, pairCounts(ids, vocab, distance));

test('pairs are counted as a loop counts them, earlier token first', () => {
  for (const distance of [1, 2, 5]) {
    const expected = Array.from({ length: vocab }, () => new Array<number>(vocab).fill(0));
    for (let t = 0; t + distance < ids.length; t += 1) expected[ids[t]!]![ids[t + distance]!]! += 1;
    expect(dense(counted(distance))).toEqual(expected);
  }
});

test('K_3, summed over the token between, is the count of pairs two apart', () => {
  const expected = Array.from({ length: vocab }, () => new Array<number>(vocab).fill(0));
  for (let middle = 0; middle < vocab; middle += 1) {
    for (let t = 0; t + 2 < ids.length; t += 1)
      if (ids[t + 1] === middle) expected[ids[t]!]![ids[t + 2]!]! += 1;
  }
  expect(dense(counted(2))).toEqual(expected);
});

test('tokens outside the vocabulary are in no pair', () => {
  expect(pairCounts(Int32Array.of(0, -1, 1, 0), 2, 1)).toEqual({
    rows: Int32Array.of(1),
    cols: Int32Array.of(0),
    values: Float64Array.of(1),
  });
});

test('attention weighs pairs, averaged over heads, the attended token first', () => {
  // Two positions, two heads: position 1 attends to position 0 by 0.25 and by 0.75.
  const { pairs, places } = pairPlaces([Int32Array.of(2, 0)], 3, 2);
  const sums = new Float64Array(pairs.length);
  addAttention(sums, places[0]!, Float32Array.of(1, 0, 0.25, 0.75, 1, 0, 0.75, 0.25), 2, 2);
  const { rows, cols, values } = pairTriplets(pairs, sums, 3);
  expect([...rows].map((row, at) => [row, cols[at], values[at]])).toEqual([
    [0, 0, 0.5],
    [2, 0, 0.5],
    [2, 2, 1],
  ]);
});

test('uniform attention over several batches gives each pair of a window its share, and no other pair', () => {
  const length = 4;
  const random = seededRandom(6, 'windows');
  // A negative place is a token that is not among the top ones.
  const batches = [8, 12].map((size) => Int32Array.from({ length: size }, () => random.integer(4) - 1));
  const { pairs, places } = pairPlaces(batches, 3, length);
  const sums = new Float64Array(pairs.length);
  const expected = new Map<number, number>();
  batches.forEach((tokens, batch) => {
    const windows = tokens.length / length;
    const uniform = Float32Array.from({ length: windows * 2 * length * length }, () => 0.5);
    addAttention(sums, places[batch]!, uniform, 2, length);
    for (let window = 0; window < windows; window += 1) {
      for (let t = 0; t < length; t += 1) {
        for (let s = 0; s <= t; s += 1) {
          const [earlier, later] = [tokens[window * length + s]!, tokens[window * length + t]!];
          if (earlier < 0 || later < 0) continue;
          expected.set(earlier * 3 + later, (expected.get(earlier * 3 + later) ?? 0) + 0.5);
        }
      }
    }
  });
  expect([...pairs]).toEqual([...expected.keys()].toSorted((a, b) => a - b));
  expect([...sums]).toEqual([...pairs].map((pair) => expected.get(pair)));
});

test('PPMI is the positive log of counts over what independence gives', () => {
  const m = sparseFromTriplets(2, 2, {
    rows: Int32Array.of(0, 0, 1),
    cols: Int32Array.of(0, 1, 1),
    values: Float64Array.of(6, 2, 4),
  });
  expect(dense(weightings.ppmi(m))[0]![0]).toBeCloseTo(Math.log((6 * 12) / (8 * 6)), 12);
  expect(dense(weightings.ppmi(m))[0]![1]).toBe(0);
});

test('an embedding is divided by its root mean square and centred by frequency', () => {
  const wte = matrix(3, 2, Float64Array.of(3, 4, 1, 1, 0, 2));
  const e = centredEmbedding(wte, Int32Array.of(2, 0), Float64Array.of(3, 1));
  const mean = [0, 1].map((j) => (3 * e.data[j]! + e.data[2 + j]!) / 4);
  expect(mean[0]).toBeCloseTo(0, 12);
  expect(mean[1]).toBeCloseTo(0, 12);
  // Rows before centring have root mean square 1: [0, sqrt 2] and [3, 4] / sqrt 12.5.
  expect(e.data[0]! - e.data[2]!).toBeCloseTo(-3 / Math.sqrt(12.5), 12);
});

test('whitening by C^{-1/2} turns C into the identity, and images are dense products', () => {
  const e = matrix(vocab, 3, seededRandom(4, 'e').normals(vocab * 3));
  const c = la.multiply(e, e, { transposeA: true });
  const w = inverseRoot(c, la);
  expect(frobeniusNorm(subtract(whiten(c, w, la), identity(3)))).toBeLessThan(1e-12);
  const m = counted(1);
  const full = matrix(vocab, vocab, Float64Array.from(dense(m).flat()));
  const expected = la.multiply(e, la.multiply(full, e), { transposeA: true });
  expect(frobeniusNorm(subtract(rawImage(m, e, la), expected))).toBeLessThan(1e-10);
  const u = eigenbasis(expected, la);
  expect(frobeniusNorm(subtract(la.multiply(u, u, { transposeA: true }), identity(3)))).toBeLessThan(1e-12);
  for (let column = 0; column < u.cols; column += 1) {
    const entries = [...u.data].filter((_, at) => at % u.cols === column);
    expect(Math.max(...entries)).toBe(Math.max(...entries.map(Math.abs)));
  }
});

test('an E^T E that lacks rank cannot whiten, and an embedding of zeros has no direction', () => {
  expect(errorText(() => inverseRoot(zeros(2, 2), la))).toBe(
    [
      'RankDeficient: E^T E lacks rank, so that it cannot whiten.',
      '  expected eigenvalues above 1e-10 of the largest; received 0 of 0',
      '  hint: count more top tokens than the model is wide, or print the raw images alone.',
    ].join('\n'),
  );
  expect(errorText(() => centredEmbedding(zeros(3, 2), Int32Array.of(1), Float64Array.of(1)))).toBe(
    [
      'ZeroMatrix: the embedding of token 1 is zero and has no direction.',
      '  expected a positive root mean square; received 0',
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandEnergies } from '../../../../../experiments/paper-54/analyses/band-energy.ts';
import { averagedDraws } from '../../../../../experiments/paper-54/analyses/correlate-layers.ts';
import { driftOf } from '../../../../../experiments/paper-54/analyses/non-uniqueness.ts';
import { correlationOf, normalise, pearson } from '../../../../../experiments/paper-54/analyses/pearson.ts';
import { quantile, summariseNull } from '../../../../../experiments/paper-54/controls/gaussian-null.ts';
import { fromRows, identity, type Matrix, scale, transpose } from '../../../../../src/tensor/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../../src/tensor/ml-matrix-linear-algebra.ts';
import { errorText } from '../../../../error-text.ts';
import { gaussian, orthogonal } from './hand-made.ts';

/** <a, b> / (||a|| ||b||), without centring. */
const cosine = (a: Matrix, b: Matrix): number => correlationOf(normalise(a), normalise(b));

test('Pearson r of hand-worked matrices', () => {
  const a = fromRows([
    [1, 2],
    [3, 4],
  ]);
  expect(pearson(a, scale(a, -2))).toBeCloseTo(-1, 12);
  expect(
    pearson(
      a,
      fromRows([
        [1, -1],
        [-1, 1],
      ]),
    ),
  ).toBeCloseTo(0, 12);
  expect(cosine(a, identity(2))).toBeCloseTo(5 / Math.sqrt(60), 12);
});

test('r does not change under shift, scale or joint transposition; the cosine not under rotation', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (seed, factor) => {
        const [a, b] = [gaussian(6, seed), gaussian(6, seed + 1)];
        const r = pearson(a, b);
        const shifted = { ...a, data: a.data.map((x) => factor * x + 3) };
        // Sums of 36 products in float64.
        expect(pearson(shifted, b)).toBeCloseTo(r, 10);
        expect(pearson(transpose(a), transpose(b))).toBeCloseTo(r, 10);
        const u = orthogonal(6, seed + 2);
        const turn = (m: typeof a) => la.multiply(la.multiply(u, m, { transposeA: true }), u);
        expect(cosine(turn(a), turn(b))).toBeCloseTo(cosine(a, b), 8);
      },
    ),
    { seed: 54, numRuns: 25 },
  );
});

test('a matrix whose entries are all equal has no correlation, and says so', () => {
  const flat = fromRows([
    [2, 2],
    [2, 2],
  ]);
  expect(errorText(() => pearson(flat, identity(2)))).toBe(
    [
      'ConstantMatrix: a matrix whose entries are all equal correlates with nothing.',
      '  expected entries that vary; received a standard deviation of 0',
      '  hint: check the run or the view that the matrix comes from.',
    ].join('\n'),
  );
});

test('energy in bands sums to one, and lies where it was put', () => {
  const n = 16;
  const u = orthogonal(n, 3);
  const sum = bandEnergies(gaussian(n, 4), u, la).reduce((total, share) => total + share, 0);
  expect(sum).toBeCloseTo(1, 12);
  // A matrix whose rows are all the basis's first vector has all its energy in the first band.
  const first = Array.from({ length: n }, (_, i) => u.data[i * n]!);
  expect(bandEnergies(fromRows(Array.from({ length: n }, () => first)), u, la)[0]).toBeCloseTo(1, 12);
});

test('drift is relative to the init, beside its absolute size', () => {
  const init = identity(4);
  expect(driftOf(scale(init, 3), init)).toEqual({ relative: 2, absolute: 4, initNorm: 2 });
  expect(errorText(() => driftOf(init, scale(init, 0)))).toBe(
    [
      'ZeroMatrix: the init is zero, so that no drift is relative to it.',
      '  expected a positive Frobenius norm; received 0',
      '  hint: check the run: a projection that starts at zero has an absolute drift only.',
    ].join('\n'),
  );
});

test('a matrix of zeros has no bands', () => {
  expect(errorText(() => bandEnergies(scale(identity(8), 0), identity(8), la))).toBe(
    [
      'ZeroMatrix: a matrix of zeros has no energy to share among bands.',
      '  expected a positive Frobenius norm; received 0',
      '  hint: check the run that the weights come from: a trained projection is never zero.',
    ].join('\n'),
  );
});

test('averages over layers take different draws in each', () => {
  expect(
    averagedDraws([
      [1, 2, 3],
      [10, 20, 30],
    ]),
  ).toEqual([(1 + 20) / 2, (2 + 30) / 2, (3 + 10) / 2]);
});

test('quantiles interpolate between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([0, 10], 0.025)).toBeCloseTo(0.25, 12);
  const { mean, sd } = summariseNull([1, 2, 3, 4]);
  expect(mean).toBe(2.5);
  expect(sd).toBeCloseTo(Math.sqrt(5 / 3), 12);
});

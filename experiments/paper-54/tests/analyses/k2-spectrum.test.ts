import { matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { expect, test } from 'vitest';
import { effectiveRankBounds, k2SpectrumOf } from '../../analyses/k2-spectrum.ts';

const n = 20;
const random = seededRandom(54, 'k2-spectrum');
const counts = Array.from({ length: n * n }, () => Math.max(0, random.integer(9) - 4));
const places = [...counts.keys()].filter((at) => counts[at]! > 0);
const sparse = sparseFromTriplets(n, n, {
  rows: Int32Array.from(places, (at) => Math.floor(at / n)),
  cols: Int32Array.from(places, (at) => at % n),
  values: Float64Array.from(places, (at) => counts[at]!),
});
const log = counts.map(Math.log1p);
const norm = (entries: readonly number[]) => Math.hypot(...entries);
const reversed = (entries: readonly number[]) =>
  entries.map((_, at) => entries[(at % n) * n + Math.floor(at / n)]!);
const share = (values: readonly number[], k: number) =>
  values.slice(0, k).reduce((sum, x) => sum + x * x, 0) / values.reduce((sum, x) => sum + x * x, 0);

const { measures: found, lambda, sigma: leading } = k2SpectrumOf(sparse, { eigenpairs: n, seed: 1 }, la);

test('eigenvalues and their energy are those of a dense decomposition', () => {
  const symmetric = log.map((x, at) => (x + reversed(log)[at]!) / 2);
  const values = [...la.symmetricEigen(matrix(n, n, Float64Array.from(symmetric))).values]
    .map(Math.abs)
    .sort((a, b) => b - a);
  // Lanczos over the whole space of 20 dimensions: rounding alone.
  expect(found['lambda-1']).toBeCloseTo(values[0]!, 9);
  expect(lambda[3]).toBeCloseTo(values[3]!, 9);
  expect(found['energy-8']).toBeCloseTo(share(values, 8), 9);
  expect(found['energy-256']).toBeCloseTo(1, 9);
  const rank = values.reduce((sum, x) => sum + x, 0) ** 2 / values.reduce((sum, x) => sum + x * x, 0);
  expect(found['effective-rank-of-leading']).toBeCloseTo(rank, 9);
  // All eigenvalues lead, so nothing is left to bound; the square root of a rest of 1e-12 is some 1e-6.
  expect(found['effective-rank-at-least']).toBeCloseTo(rank, 4);
  expect(found['effective-rank-at-most']).toBeCloseTo(rank, 4);
});

test('singular values are those of the matrix that is not symmetrised', () => {
  const sigma = [...la.singularValues(matrix(n, n, Float64Array.from(log)))];
  expect(found['sigma-1']).toBeCloseTo(sigma[0]!, 9);
  expect(leading[3]).toBeCloseTo(sigma[3]!, 9);
  expect(found['sigma-energy-8']).toBeCloseTo(share(sigma, 8), 9);
});

test('asymmetry is the norm of the difference to the transpose, entry by entry', () => {
  const asymmetry = (entries: readonly number[]) =>
    norm(entries.map((x, at) => x - reversed(entries)[at]!)) / norm(entries);
  expect(found['asymmetry-of-counts']).toBeCloseTo(asymmetry(counts), 12);
  expect(found['asymmetry-of-log1p']).toBeCloseTo(asymmetry(log), 12);
});

test('the effective rank lies between its bounds, whatever the rest is', () => {
  const spectrum = Array.from({ length: 30 }, (_, i) => 1 / (i + 1));
  const energy = spectrum.reduce((sum, x) => sum + x * x, 0);
  const rank = spectrum.reduce((sum, x) => sum + x, 0) ** 2 / energy;
  const { low, high } = effectiveRankBounds(Float64Array.from(spectrum.slice(0, 10)), 30, energy);
  expect(low).toBeLessThan(rank);
  expect(high).toBeGreaterThan(rank);
});

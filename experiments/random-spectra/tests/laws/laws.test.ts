import { marchenkoPasturQuantiles } from 'reproducible-paper/numerics/marchenko-pastur';
import { quarterCircleQuantiles, topEnergy } from 'reproducible-paper/numerics/spectrum';
import { expect, test } from 'vitest';
import * as fussCatalan from '../../laws/fuss-catalan.ts';
import * as quarterCircle from '../../laws/quarter-circle.ts';
import * as rectangle from '../../laws/rectangle.ts';

/** Averages over so many quantiles of the law: an independent way to its integrals, off by O(1/n). */
const quantiles = quarterCircleQuantiles(20_000);
const overQuantiles = (of: (x: number) => number): number =>
  quantiles.reduce((sum, x) => sum + of(x), 0) / quantiles.length;

test("the quarter circle's closed forms are averages over its quantiles", () => {
  const [mean, square] = [overQuantiles((x) => x), overQuantiles((x) => x * x)];
  expect(quarterCircle.effectiveRankShare).toBeCloseTo(mean ** 2 / square, 6);
  const xLogX = overQuantiles((x) => x * Math.log(x));
  expect(quarterCircle.entropyRankShare).toBeCloseTo(mean * Math.exp(-xLogX / mean), 6);
  const leading = quantiles.slice(0, quantiles.length / 8).reduce((sum, x) => sum + x * x, 0);
  expect(quarterCircle.leadingEnergy(1 / 8)).toBeCloseTo(leading / quantiles.length / square, 5);
});

test('the leading energy goes from nothing to all', () => {
  expect(quarterCircle.leadingEnergy(1e-9)).toBeLessThan(1e-8);
  expect(quarterCircle.leadingEnergy(1 - 1e-12)).toBeCloseTo(1, 9);
  expect(fussCatalan.leadingEnergy(1 - 1e-12)).toBeCloseTo(1, 6);
});

/** Moments of Fuss and Catalan's law that are whole numbers: binomial(3 m, m) / (2 m + 1). */
test.each([
  [0, 1],
  [1, 1],
  [2, 3],
  [3, 12],
])('the parametrised density has the moment of order %i', (order, moment) => {
  expect(fussCatalan.average((x) => x ** order)).toBeCloseTo(moment, 6);
});

test('ranks of a product are averages over its law', () => {
  const mean = fussCatalan.average(Math.sqrt);
  // The density grows as x^(-2/3) at zero: the midpoint rule leaves some parts in a million.
  expect(mean).toBeCloseTo(3 / 4, 5);
  expect(fussCatalan.effectiveRankShare).toBeCloseTo(mean ** 2, 5);
  const xLogX = fussCatalan.average((x) => (Math.sqrt(x) * Math.log(x)) / 2);
  expect(fussCatalan.entropyRankShare).toBeCloseTo(mean * Math.exp(-xLogX / mean), 5);
});

test('a rectangle of aspect one is a square, and a flat one has full rank', () => {
  expect(rectangle.effectiveRankShare(1)).toBeCloseTo(quarterCircle.effectiveRankShare, 6);
  expect(rectangle.entropyRankShare(1)).toBeCloseTo(quarterCircle.entropyRankShare, 6);
  expect(rectangle.effectiveRankShare(1e-6)).toBeCloseTo(1, 5);
  expect(rectangle.average(0.25, () => 1)).toBeCloseTo(1, 12);
  expect(rectangle.average(0.25, (x) => x)).toBeCloseTo(1, 12);
  // E x^2 = 1 + c
  expect(rectangle.average(0.25, (x) => x * x)).toBeCloseTo(1.25, 12);
});

test("a rectangle's leading energy is that of its quantiles, and a square's that of the quarter circle", () => {
  const rows = 4000;
  const sigma = marchenkoPasturQuantiles(rows, 4 * rows);
  // Quantiles are midpoints: their sums are off by O(1/rows), and they by 1e-7.
  expect(rectangle.leadingEnergy(1 / 4, 1 / 8)).toBeCloseTo(topEnergy(sigma, rows / 8, 'the law'), 5);
  expect(rectangle.leadingEnergy(1, 1 / 8)).toBeCloseTo(quarterCircle.leadingEnergy(1 / 8), 6);
  expect(rectangle.leadingEnergy(1 / 4, 1 - 1e-12)).toBeCloseTo(1, 9);
});

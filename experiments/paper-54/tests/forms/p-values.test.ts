import { expect, test } from 'vitest';
import { benjaminiHochberg } from '../../controls/benjamini-hochberg.ts';
import { holm } from '../../controls/holm.ts';
import { maxTP, twoSidedP, upperP } from '../../forms/p-values.ts';

test('p counts the observed figure among its draws, and is never zero', () => {
  expect(upperP(3, [1, 2, 3, 4])).toBe(3 / 5);
  expect(upperP(9, [1, 2, 3, 4])).toBe(1 / 5);
  expect(twoSidedP(-2, [-3, -1, 0, 1, 3], 0)).toBe(3 / 6);
});

// In order 5 * .001, 4 * .008, 3 * .02, then 2 * .03, and .4.
const p = [0.02, 0.001, 0.4, 0.03, 0.008];

test("Holm's adjusted p-values rise in the order of the plain ones", () => {
  const expected = [0.06, 0.005, 0.4, 0.06, 0.032];
  holm(p).forEach((x, at) => {
    expect(x).toBeCloseTo(expected[at]!, 12);
  });
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});

test("Benjamini and Hochberg's adjusted p-values are n p / rank, none above a later one", () => {
  // scipy.stats.false_discovery_control([.02, .001, .4, .03, .008])
  const expected = [0.1 / 3, 0.005, 0.4, 0.0375, 0.02];
  benjaminiHochberg(p).forEach((x, at) => {
    expect(x).toBeCloseTo(expected[at]!, 12);
  });
});

test('maxima: each figure against the largest of all in the same draw, in units of its spread', () => {
  const held = (value: number, draws: readonly number[], sd: number) => ({
    value,
    draws: Float64Array.from(draws),
    mean: 0,
    sd,
  });
  // Standardised draws: 1, 2, 1 and 3, 1, 2; their maxima 3, 2, 2.
  const [a, b] = maxTP([held(2.5, [1, -2, 1], 1), held(5, [30, 10, -20], 10)]);
  expect(a).toBe(2 / 4);
  expect(b).toBe(1);
});

import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { longestRun, longestRunLaw } from '../longest-run.ts';
import { slope } from '../slope.ts';

/** The exact mean: how likely no run is longer than k, by the length of the run that a row ends with. */
const exactMean = (throws: number, heads: number): number => {
  let mean = 0;
  for (let k = 0; k < throws; k += 1) {
    let chances = [1, ...Array<number>(k).fill(0)];
    for (let at = 0; at < throws; at += 1) {
      const any = chances.reduce((sum, chance) => sum + chance, 0);
      chances = [any * (1 - heads), ...chances.slice(0, k).map((chance) => chance * heads)];
    }
    const longer = 1 - chances.reduce((sum, chance) => sum + chance, 0);
    mean += longer;
    // What is left falls by `heads` with each throw more: below a millionth in all.
    if (longer < 1e-9) break;
  }
  return mean;
};

// #region test
test('the mean of many rows is what a count of all rows says', () => {
  // Two throws of a fair coin: no run in one row of four, a run of one in two, of two in one.
  expect(exactMean(2, 0.5)).toBeCloseTo(1, 12);
  const random = seededRandom(1, 'test');
  const runs = Array.from({ length: 4_000 }, () => longestRun(random, 50, 0.6));
  const mean = runs.reduce((sum, run) => sum + run, 0) / runs.length;
  const variance = runs.reduce((sum, run) => sum + (run - mean) ** 2, 0) / runs.length;
  // Four standard errors.
  expect(Math.abs(mean - exactMean(50, 0.6))).toBeLessThan(4 * Math.sqrt(variance / runs.length));
});
// #endregion

test('the law is near the exact mean of long rows', () => {
  // It leaves out terms that oscillate below a hundredth, and one that falls as log n over n.
  expect(Math.abs(longestRunLaw(500, 0.6) - exactMean(500, 0.6))).toBeLessThan(0.05);
});

test('a slope is that of the line through its points', () => {
  expect(
    slope([
      [1, 5],
      [2, 7],
      [4, 11],
    ]),
  ).toBeCloseTo(2, 12);
});

import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { meanDistance } from '../walks.ts';

test('a walk that never turns gets as far as it has steps, and one that always turns stays', () => {
  expect(meanDistance(seededRandom(1, 'walk'), 10, 1, 5)).toBe(10);
  expect(meanDistance(seededRandom(1, 'walk'), 10, -1, 5)).toBe(0);
});

test('without persistence it gets as far as the binomial law says', () => {
  // Of 2m steps, the mean distance is 2m C(2m, m) / 4^m: 1.5 for four steps.
  const walkers = 20_000;
  const found = meanDistance(seededRandom(1, 'walk'), 4, 0, walkers);
  // The variance of the distance is 4 - 1.5^2; four standard errors.
  expect(Math.abs(found - 1.5)).toBeLessThan(4 * Math.sqrt((4 - 1.5 ** 2) / walkers));
});

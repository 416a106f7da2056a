import { expect, test } from 'vitest';
import { countPrimes } from '../count-primes.ts';

test('it counts as many primes as are known', () => {
  expect([1, 2, 3, 4, 10, 100, 1_000].map(countPrimes)).toEqual([0, 1, 2, 2, 4, 25, 168]);
});

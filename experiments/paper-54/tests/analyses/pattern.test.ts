import { expect, test } from 'vitest';
import { beyond, binomialUpper, counted, overDepth, withoutP } from '../../analyses/pattern.ts';

test('a binomial tail is the sum of its terms', () => {
  // python: sum(comb(n, i) * p**i * (1 - p)**(n - i) for i in range(k, n + 1))
  expect(binomialUpper(1, 8, 0.025)).toBeCloseTo(0.18334819633773802, 12);
  expect(binomialUpper(3, 24, 0.025)).toBeCloseTo(0.021363984730852707, 12);
  expect(binomialUpper(8, 8, 0.025) / 0.025 ** 8).toBeCloseTo(1, 10);
  expect(binomialUpper(0, 8, 0.025)).toBeCloseTo(1, 12);
});

const layers = (...is: readonly number[]) => ({ table: is.map((x) => ({ x })) });

test('a count holds from seven of eight on, and is pooled over seeds', () => {
  const pattern = counted('p', 1, 's', ({ table }) => table!.map((row) => row['x'] === 1), 'nearly all');
  const [seven, six] = [layers(1, 1, 1, 1, 1, 1, 1, 0), layers(1, 1, 1, 1, 1, 1, 0, 0)];
  expect(pattern.judge(seven)).toEqual({ value: 7, of: 8, p: 9 / 256, holds: true });
  expect(pattern.judge(six).holds).toBe(false);
  const both = [seven, six];
  // 13 or more of 16 coins: (560 + 120 + 16 + 1) / 65536.
  expect(pattern.pool(both.map(pattern.judge), both)).toBeCloseTo(697 / 65_536, 12);
  expect(withoutP(pattern).judge(seven)).toEqual({ value: 7, of: 8, p: null, holds: true });
  expect(withoutP(pattern).pool(both.map(pattern.judge), both)).toBeNull();
  const all = beyond('p', 1, 's', ({ table }) => table!.map((row) => row['x'] === 1), 'all');
  expect(all.judge(seven).holds).toBe(false);
  expect(all.judge(layers(1, 1)).p).toBeCloseTo(0.025 ** 2, 12);
});

test('what goes with depth must rise', () => {
  const pattern = overDepth('p', 2, 's', ({ table }) => table!.map((row) => Number(row['x'])));
  expect(pattern.judge(layers(1, 2, 3, 4, 5, 6, 7, 8))).toMatchObject({ value: 1, holds: true });
  expect(pattern.judge(layers(8, 7, 6, 5, 4, 3, 2, 1))).toMatchObject({ value: -1, holds: false });
  expect(pattern.judge(layers(1, 8, 2, 7, 3, 6, 4, 5)).holds).toBe(false);
});

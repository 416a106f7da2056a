import { expect, test } from 'vitest';
import { quantile, summariseNull } from '../../../../src/numerics/summarise-null.ts';

test('quantiles interpolate between order statistics', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([0, 10], 0.025)).toBeCloseTo(0.25, 12);
  const { mean, sd } = summariseNull([1, 2, 3, 4]);
  expect(mean).toBe(2.5);
  expect(sd).toBeCloseTo(Math.sqrt(5 / 3), 12);
});

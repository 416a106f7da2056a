import { expect, test } from 'vitest';
import { gaussianNumbers } from '../../explore/gaussian-numbers.ts';

test('ten thousand have the moments of a standard normal, and are the same each time', () => {
  const numbers = gaussianNumbers(10_000);
  const moment = (power: number): number => numbers.reduce((sum, x) => sum + x ** power, 0) / numbers.length;
  // Four standard errors: sqrt(1, 2, 15 and 96) / 100.
  expect(Math.abs(moment(1))).toBeLessThan(0.04);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.06);
  expect(Math.abs(moment(3))).toBeLessThan(0.16);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.4);
  expect(gaussianNumbers(10_000)).toEqual(numbers);
});

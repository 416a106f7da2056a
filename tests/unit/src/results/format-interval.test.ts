import { expect, test } from 'vitest';
import { count, fixed, share, signed } from '../../../../src/results/format.ts';
import { formatInterval } from '../../../../src/results/format-interval.ts';

test('the bounds of an interval are printed as their column prints numbers', () => {
  expect(formatInterval(-0.0061, 0.0154, signed(3))).toBe('−0.006 to +0.015');
  expect(formatInterval(0.493, 0.503, share(1))).toBe('49.3\u202f% to 50.3\u202f%');
  expect(formatInterval(3, 4, undefined)).toBe('3 to 4');
});

test('bounds have as many digits as tell them from each other and from zero', () => {
  expect(formatInterval(0.0000651, 0.00013, fixed(4))).toBe('0.00007 to 0.00013');
  expect(formatInterval(0.00002, 0.0004, fixed(4))).toBe('0.00002 to 0.00040');
  expect(formatInterval(-0.0004, 0.01, signed(2))).toBe('−0.0004 to +0.0100');
});

test('bounds that are equal, zero, or told apart by no digit stay as they are', () => {
  expect(formatInterval(2, 2, fixed(1))).toBe('2.0 to 2.0');
  expect(formatInterval(0, 1, fixed(1))).toBe('0.0 to 1.0');
  expect(formatInterval(1.2, 1.4, count)).toBe('1 to 1');
  expect(formatInterval(1, 1 + 1e-15, fixed(1))).toBe('1.0 to 1.0');
});

import { expect, test } from 'vitest';
import { seedList } from '../../../../src/site/seed-list.ts';

test('many seeds that follow one another are told by their ends, and all others one by one', () => {
  expect(seedList([1, 2, 3])).toBe('1, 2, 3');
  expect(seedList([1, 2, 3, 4])).toBe('1 to 4');
  expect(seedList([7, 8, 9, 10, 11])).toBe('7 to 11');
  expect(seedList([1, 2, 4, 5])).toBe('1, 2, 4, 5');
  expect(seedList([54])).toBe('54');
});

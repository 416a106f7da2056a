import { expect, test } from 'vitest';
import { remembered } from '../../../../src/results/remembered.ts';

test('what was made of an object is made once, also where it is nothing', () => {
  let made = 0;
  const nothingOf = remembered((_: object): undefined => {
    made += 1;
  });
  const table = {};
  expect([nothingOf(table), nothingOf(table)]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

test('an equal object is another one', () => {
  const sizeOf = remembered((rows: readonly number[]) => ({ size: rows.length }));
  const rows = [1, 2];
  expect(sizeOf(rows)).toBe(sizeOf(rows));
  expect(sizeOf([1, 2])).not.toBe(sizeOf(rows));
});

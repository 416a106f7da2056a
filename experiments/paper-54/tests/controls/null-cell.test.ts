import { expect, test } from 'vitest';
import { cellOf, nullCell, twoSidedP } from '../../controls/null-cell.ts';

const draws = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test('a p counts the figure itself among the draws, and is never zero', () => {
  expect(nullCell(10, draws)).toMatchObject({ lowerP: 1, upperP: 0.1, mean: 5 });
  expect(nullCell(9, draws)).toMatchObject({ upperP: 0.2 });
  expect(twoSidedP(nullCell(10, draws))).toBe(0.2);
  expect(twoSidedP(nullCell(5, draws))).toBe(1);
});

test('the side decides which departures a table counts', () => {
  const cell = nullCell(0, draws);
  expect(cellOf(cell, 'below')).toMatchObject({ value: 0, null: { p: 0.1 } });
  expect(cellOf(cell, 'above')).toMatchObject({ null: { p: 1 } });
  expect(cellOf(cell, 'either')).toMatchObject({ null: { p: 0.2 } });
});

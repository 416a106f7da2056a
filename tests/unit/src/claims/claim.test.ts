import { expect, test } from 'vitest';
import { above, all, any, atLeast, below, verdictOf, within } from '../../../../src/claims/claim.ts';
import { errorText } from '../../../error-text.ts';

test('a margin is the distance to flipping in its unit, and a small one decides nothing', () => {
  const scale = { predicate: 'p', per: 2, unit: 'null sd', noise: 0.5 };
  expect(below(1, 5, scale).margin).toBe(2);
  expect(above(1, 5, scale).margin).toBe(-2);
  expect(within(4, 1, 5, scale).margin).toBe(0.5);
  expect(verdictOf(below(1, 5, scale))).toBe('holds');
  expect(verdictOf(above(1, 5, scale))).toBe('fails');
  expect(verdictOf(within(4, 1, 5, scale))).toBe('undecided');
  expect(verdictOf(all('both', [below(1, 5, scale), above(1, 5, scale)]))).toBe('fails');
  expect(verdictOf(any('one', [below(1, 5, scale), above(1, 5, scale)]))).toBe('holds');
});

test('a share of the parts is asked for by the part that decides', () => {
  const scale = { predicate: 'p', per: 1, unit: 'sizes' };
  const parts = (...sizes: readonly number[]) => sizes.map((size) => above(size, 0, scale));
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, 4, 5, 6, 7, -9))).toMatchObject({
    predicate: 'nearly all',
    margin: 1,
    evidence: '7 of 8; 1 against 0',
  });
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, 4, 5, 6, -8, -9)).margin).toBe(-8);
  // Of four, seven eighths are all four.
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, -1)).margin).toBe(-1);
  expect(atLeast(0.2, 'few', parts(-1, -2, -3, -4, 5)).margin).toBe(5);
});

test('a claim without a finite margin, or about nothing, is refused', () => {
  expect(errorText(() => below(1, 5, { predicate: 'it is less', per: 0, unit: 'null sd' }))).toBe(
    [
      'NoMargin: the claim that it is less has no margin.',
      '  expected a distance and a unit that are finite and not zero; received 4 per 0',
      '  hint: measure the margin in units of a null that varies, or of a quantity that is not zero.',
    ].join('\n'),
  );
  expect(errorText(() => all('all are less', []))).toBe(
    'NoMargin: the claim that all are less is about nothing.\n  hint: the table that it reads has no rows: see its stage.',
  );
});

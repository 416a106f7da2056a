import { expect, test } from 'vitest';
import { above, all, any, below, verdictOf, within } from '../../../../src/claims/claim.ts';
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

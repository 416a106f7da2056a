import { expect, test } from 'vitest';
import { verdictOf } from '../../../../src/claims/claim.ts';
import { significant } from '../../../../src/claims/significant.ts';

const of = (p: number, draws: number | null) =>
  significant(p, { predicate: 'p is small', of: 'q', level: 0.05, draws });

test('a margin counts powers of ten below the level', () => {
  expect(of(0.005, null)).toMatchObject({ margin: 1, noise: 0, evidence: 'q has p = 0.005 against 0.05' });
  expect(verdictOf(of(0.005, null))).toBe('holds');
  expect(verdictOf(of(0.2, null))).toBe('fails');
  expect(verdictOf(of(0, null))).toBe('holds');
});

test('few draws leave what lies near the level undecided', () => {
  // Of 99 draws a share of 0.04 has a standard error of 0.02, of 9,999 one of 0.002.
  expect(verdictOf(of(0.04, 99))).toBe('undecided');
  expect(verdictOf(of(0.04, 9999))).toBe('holds');
  expect(of(0.04, 9999).noise).toBeCloseTo((2 * 0.00196) / 0.04 / Math.LN10, 3);
});

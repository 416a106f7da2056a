import { expect, test } from 'vitest';
import { verdictOf } from '../../../../src/claims/claim.ts';
import { significant } from '../../../../src/claims/significant.ts';
import { errorText } from '../../../error-text.ts';

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

const refusal = (fault: string): string =>
  [
    'BadTest: the claim that p is small rests on a test that is none.',
    `  ${fault}`,
    '  hint: count the observed figure among the draws: p = (1 + as extreme) / (1 + draws).',
  ].join('\n');

test.each([
  [-0.1, null],
  [1.1, null],
  [Number.NaN, null],
  [Number.NEGATIVE_INFINITY, 99],
  [0, 99],
])('a p of %s, of %s draws, is none', (p, draws) => {
  expect(errorText(() => of(p, draws))).toBe(
    refusal(`expected p from 0 to 1, and above 0 where draws made it; received ${p}`),
  );
});

test.each([0, -99, 9.5, Number.NaN, Number.POSITIVE_INFINITY])('%s draws are none', (draws) => {
  expect(errorText(() => of(0.04, draws))).toBe(
    refusal(`expected a whole number of draws above 0, or null where p is exact; received ${draws}`),
  );
});

test.each([0, 1, -0.05, 5, Number.NaN])('a level of %s is none', (level) => {
  expect(errorText(() => significant(0.04, { predicate: 'p is small', level, draws: null }))).toBe(
    refusal(`expected a level between 0 and 1; received ${level}`),
  );
});

test('an exact p that rounds past one is one', () => {
  expect(of(1 + 1e-15, null)).toEqual(of(1, null));
});

test('a corrected p says over which tests', () => {
  const { evidence } = significant(3e-19, {
    predicate: 'p is small',
    of: 'q',
    level: 0.05,
    draws: null,
    correctedOver: 'all tests of the table',
  });
  expect(evidence).toBe('q has p = 3\u202f×\u202f10⁻¹⁹, corrected over all tests of the table, against 0.05');
});

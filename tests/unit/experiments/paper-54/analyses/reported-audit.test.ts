import { expect, test } from 'vitest';
import {
  monotone,
  onCorners,
  overlap,
  printed,
} from '../../../../../experiments/paper-54/analyses/interval.ts';
import { auditReported } from '../../../../../experiments/paper-54/analyses/reported-audit.ts';

const verdicts = new Map(auditReported().map(({ check, agrees }) => [check, agrees]));

test('a printed figure stands for everything that rounds to it', () => {
  const { low, high } = printed('0.833');
  expect(low).toBeCloseTo(0.8325, 12);
  expect(high).toBeCloseTo(0.8335, 12);
  expect(printed('15007')).toEqual({ low: 15006.5, high: 15007.5 });
});

test('a quotient of intervals has its extremes at the corners', () => {
  expect(onCorners((x, y) => x / y, { low: 1, high: 2 }, { low: 4, high: 5 })).toEqual({
    low: 0.2,
    high: 0.5,
  });
  expect(monotone((x) => -x, { low: 1, high: 2 })).toEqual({ low: -2, high: -1 });
  expect(overlap({ low: 0, high: 1 }, { low: 1, high: 2 })).toBe(true);
});

test('the gap of 2.7 % is no slip: rounding explains it', () => {
  const gap = auditReported().find(({ check }) => check === 'perplexity-gap');
  expect(gap?.agrees).toBe(true);
  // 81.95 / 79.95 and 82.05 / 79.85, less one.
  expect(gap?.implied.low).toBeCloseTo(0.02502, 4);
  expect(gap?.implied.high).toBeCloseTo(0.02755, 4);
});

test('the slips that a careful reader finds by hand are found', () => {
  expect(verdicts.get('drift-ratio-layer-4')).toBe(false);
  expect(verdicts.get('v-norm-grows-to-layer-7')).toBe(false);
  expect(verdicts.get('mutual-deviation-factor')).toBe(false);
  expect(verdicts.get('antisymmetric-energy-dominates')).toBe(false);
  expect(verdicts.get('mean-r-of-absolute-values')).toBe(false);
});

test('what agrees within rounding is not called a slip', () => {
  for (const check of [
    'perplexity-v1',
    'v-over-q-layer-0',
    'bands-of-q-sum',
    'kl-q-v-above',
    'mean-r-of-means',
  ]) {
    expect(verdicts.get(check), check).toBe(true);
  }
});

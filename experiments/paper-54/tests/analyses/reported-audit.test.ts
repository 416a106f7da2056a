import { expect, test } from 'vitest';
import { magnitude, monotone, onCorners, overlap, printed } from '../../analyses/interval.ts';
import { auditReported } from '../../analyses/reported-audit.ts';

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
  expect(verdicts.get('deviation-from-mp')).toBe(false);
  expect(verdicts.get('not-significant-sft-q-v1-q')).toBe(false);
});

test('the bands are measured against the law of a Gaussian matrix', () => {
  const band = auditReported().find(({ check }) => check === 'band-0-32-of-q');
  expect(band?.agrees).toBe(false);
  // By hand: the share of 32 of 256 columns has a standard deviation of 0.00183; over sqrt 8, 0.000646.
  expect(band?.implied.low).toBeCloseTo((0.1175 - 0.125) / 0.000646, 1);
  expect(band?.implied.high).toBeCloseTo((0.1185 - 0.125) / 0.000646, 1);
});

test('the layers that are not printed follow from the mean over all', () => {
  const rank = auditReported().find(({ check }) => check === 'effective-rank-unprinted');
  // (8 x 36.2 - 38.4 - 19.2 - 53.6) / 5 = 35.68, 0.11 either way.
  expect(rank?.implied.low).toBeCloseTo(35.57, 2);
  expect(rank?.implied.high).toBeCloseTo(35.79, 2);
  expect(rank?.agrees).toBe(true);
});

test('the magnitude of an interval reaches zero where the interval does', () => {
  expect(magnitude({ low: -2, high: 1 })).toEqual({ low: 0, high: 2 });
  expect(magnitude({ low: -2, high: -1 })).toEqual({ low: 1, high: 2 });
});

test('no check is named twice', () => {
  expect(verdicts.size).toBe(auditReported().length);
});

test('what agrees within rounding is not called a slip', () => {
  for (const check of [
    'perplexity-v1',
    'v-over-q-layer-0',
    'bands-of-q-sum',
    'kl-q-v-above',
    'mean-r-of-means',
    'drift-ratio-text',
    'real-fraction',
    'q-attention-view-bound',
    'k3-is-k3-skip-q',
  ]) {
    expect(verdicts.get(check), check).toBe(true);
  }
});

import { expect, test } from 'vitest';
import { strengthOf } from '../../forms/calibration.ts';
import type { FormNullsRead } from '../../forms/read-form-nulls.ts';
import { aloneInterval, runStatistic } from '../../forms/run-statistic.ts';

const draws = Float64Array.of(-0.03, -0.01, 0.01, 0.03);
const runOf = (value: number): FormNullsRead =>
  ({ pooled: () => Float64Array.of(value, ...draws) }) as never as FormNullsRead;
/** What is planted comes back by half. */
const calibration = {
  alpha: strengthOf([
    { alpha: 0, estimate: 0 },
    { alpha: 1, estimate: 0.5 },
  ]),
  power: null,
};

test('one run has an interval as wide as its null, read as strength', () => {
  const { p, alpha, low, high, found } = runStatistic(runOf(0.1), 0, 'mean', calibration);
  expect(p).toBeCloseTo(1 / 5, 12);
  expect(found).toMatchObject({ value: 0.1, null: { mean: 0 } });
  // sqrt((2 x .0009 + 2 x .0001) / 3) = .0258199, 1.959964 of them either way, and twice that as strength.
  expect([low, alpha, high]).toEqual([
    expect.closeTo(0.2 - 2 * 1.959964 * 0.0258199, 5),
    expect.closeTo(0.2, 12),
    expect.closeTo(0.2 + 2 * 1.959964 * 0.0258199, 5),
  ]);
});

test('a root mean square that is within its null has no strength, and none below nothing', () => {
  const { p, alpha, low } = runStatistic(runOf(0.01), 0, 'rms', calibration);
  expect(p).toBeCloseTo(3 / 5, 12);
  expect(alpha).toBe(0);
  expect(low).toBe(0);
  expect(aloneInterval(0, 1, 'mean').low).toBeLessThan(0);
});

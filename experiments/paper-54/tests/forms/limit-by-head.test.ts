import { expect, test } from 'vitest';
import { limitByHead } from '../../forms/limit-by-head.ts';
import type { FormNullsRead } from '../../forms/read-form-nulls.ts';

/** A training of one layer whose heads have these cosines, beside a null of mean .1 and spread .1. */
const seedOf = (cosines: readonly number[]): FormNullsRead => ({
  draws: 9,
  nLayers: 1,
  nHeads: cosines.length,
  observed: (_layer, _test, head) => 0.1 + cosines[head]!,
  cell: () => ({ mean: 0.1, sd: 0.1 }) as never,
  pooled: () => null,
  carried: [],
});

/** A control whose heads return the root of what is planted. */
const square = { alpha: (effect: number) => effect ** 2 };
const line = { alpha: (effect: number) => effect };

test('heads are read one by one, those with less than chance below zero, and the interval is over trainings', () => {
  // Beyond chance .09 - .01 = .08 and -.01, of which the control makes .0064 and -.0001.
  expect(limitByHead([seedOf([0.3, 0])], 0, square)).toBeCloseTo((0.0064 - 0.0001) / 2, 12);
  // Of two trainings Student's t is 12.706 at nineteen in twenty; the other has .24 and -.01.
  const [low, high] = [(0.0064 - 0.0001) / 2, (0.0576 - 0.0001) / 2].map(Math.sqrt) as [number, number];
  expect(limitByHead([seedOf([0.3, 0]), seedOf([0.5, 0])], 0, square)).toBeCloseTo(
    ((low + high) / 2 + (12.7062 * (high - low)) / 2) ** 2,
    5,
  );
  // Less than chance in all is nothing.
  expect(limitByHead([seedOf([0, 0])], 0, line)).toBe(0);
});

test('it is what the root mean square gives where the control is a line, or heads are alike, and more elsewhere', () => {
  const pooled = (cosines: readonly number[], { alpha }: typeof line): number =>
    alpha(Math.sqrt(cosines.reduce((sum, x) => sum + x * x - 0.01, 0) / cosines.length)) ** 2;
  const [alike, unlike] = [
    [0.3, -0.3],
    [0.5, 0.2],
  ];
  expect(limitByHead([seedOf(alike!)], 0, square)).toBeCloseTo(pooled(alike!, square), 12);
  expect(limitByHead([seedOf(unlike!)], 0, line)).toBeCloseTo(pooled(unlike!, line), 12);
  expect(limitByHead([seedOf(unlike!)], 0, square)).toBeGreaterThan(1.2 * pooled(unlike!, square));
});

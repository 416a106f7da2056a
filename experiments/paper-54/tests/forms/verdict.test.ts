import { expect, test } from 'vitest';
import { type EvidenceRule, seedInterval, verdictOf } from '../../forms/verdict.ts';

const rule: EvidenceRule = { level: 0.05, bound: 0.05, power: 0.95 };

test("an interval over seeds is Student's", () => {
  // scipy.stats.t.interval(.9, 2, loc=.02, scale=.01 / 3 ** .5)
  const found = seedInterval([0.01, 0.02, 0.03], 0.9)!;
  expect(found.low).toBeCloseTo(0.02 - 0.016858, 5);
  expect(found.high).toBeCloseTo(0.02 + 0.016858, 5);
  expect(seedInterval([0.3], 0.9)).toBeNull();
});

test.each([
  ['present', 0.01, [0.3, 0.31, 0.32], null],
  ['present', 0.01, [0.3], null],
  ['present-negligible', 0.01, [0.02, 0.021, 0.022], null],
  ['absent', 0.3, [0.001, 0, -0.001], 0.97],
  ['undecided', 0.3, [0.001, 0, -0.001], 0.9],
  ['not-detected', 0.3, [0.001, 0, -0.001], null],
  ['undecided', 0.3, [0.2, -0.2, 0.1], 0.99],
  ['not-detected', 0.3, [0.001], 0.99],
  ['present', 0.01, null, 0.99],
  ['not-detected', 0.3, null, 0.99],
] as const)('%s: p %f, alphas %j, power %f', (verdict, p, alphas, power) => {
  expect(verdictOf({ p, effects: alphas ?? [0.2, 0.21, 0.22], alphas, power, leastP: 0.001 }, rule)).toBe(
    verdict,
  );
});

test.each([
  ['undecided', [-0.001, 0.001, 0.06]],
  ['undecided', [0.001, -0.001, -0.06]],
  ['present', [0.055, 0.06, 0.065]],
  ['present', [-0.055, -0.06, -0.065]],
  ['present', [0.06]],
] as const)('%s: beyond chance in these trainings, effects %j', (verdict, effects) => {
  for (const alphas of [null, effects]) {
    expect(verdictOf({ p: 0.001, effects, alphas, power: 1, leastP: 0.001 }, rule)).toBe(verdict);
  }
});

test('draws too few to reach the level decide nothing', () => {
  expect(
    verdictOf({ p: 0.06, effects: [0, 0.001, 0], alphas: [0, 0.001, 0], power: 0.99, leastP: 0.06 }, rule),
  ).toBe('undecided');
});

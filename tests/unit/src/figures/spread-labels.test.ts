import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadLabels } from '../../../../src/figures/spread-labels.ts';

test('names that have room stand at their ends', () => {
  expect(spreadLabels([10, 50, 90], 0, 140)).toEqual([10, 50, 90]);
});

test('names too close are moved apart by a line of text, evenly, in the order of their ends', () => {
  expect(spreadLabels([52, 50], 0, 140)).toEqual([58, 44]);
  expect(spreadLabels([50, 50, 50, 100], 0, 140)).toEqual([36, 50, 64, 100]);
});

test('none stands above the plot or below it', () => {
  expect(spreadLabels([1, 0, 2], 0, 140)).toEqual([14, 0, 28]);
  expect(spreadLabels([138, 139, 140], 0, 140)).toEqual([112, 126, 140]);
});

test('no two names overlap, whatever the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 140, noNaN: true }), { maxLength: 8 }), (ends) => {
      const places = spreadLabels(ends, 0, 140).toSorted((a, b) => a - b);
      places.slice(1).forEach((at, index) => {
        expect(at - places[index]!).toBeGreaterThan(14 - 1e-9);
      });
      expect(Math.max(0, ...places)).toBeLessThanOrEqual(140);
      expect(Math.min(0, ...places)).toBeGreaterThanOrEqual(0);
    }),
    { seed: 54 },
  );
});

test('three names stand as near to their ends as any of a fine grid of places could', () => {
  const cost = (ends: readonly number[], places: readonly number[]): number =>
    ends.reduce((sum, end, at) => sum + (end - places[at]!) ** 2, 0);
  const grid = Array.from({ length: 57 }, (_, at) => at);
  for (const ends of [
    [10, 11, 12],
    [0, 20, 22],
    [5, 9, 40],
  ]) {
    let least = Number.POSITIVE_INFINITY;
    for (const first of grid) {
      for (const second of grid.filter((place) => place >= first + 14)) {
        for (const third of grid.filter((place) => place >= second + 14)) {
          least = Math.min(least, cost(ends, [first, second, third]));
        }
      }
    }
    // The grid is of whole pixels; the places themselves are between them.
    expect(cost(ends, spreadLabels(ends, 0, 140))).toBeLessThanOrEqual(least + 1e-9);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadLabels } from '../../../../src/charts/line-labels.ts';

const placesOf = (values: readonly number[], top = 10, height = 140): readonly number[] =>
  spreadLabels(
    values.map((value) => ({ name: String(value), value })),
    [0, top],
    height,
  ).map(({ at }) => at);

test('names that have room stand at their ends', () => {
  expect(placesOf([1, 5, 9])).toEqual([1, 5, 9]);
});

test('names too close are moved apart by a line of text, and none leaves the axis at the top', () => {
  // A line of 14 pixels is one unit of this axis.
  expect(placesOf([5, 5.2])).toEqual([5, 6]);
  expect(placesOf([9.8, 9.9, 10])).toEqual([8, 9, 10]);
});

test('no two names overlap, whatever the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 8 }), (values) => {
      const places = placesOf(values);
      places.slice(1).forEach((at, index) => {
        expect(at - places[index]!).toBeGreaterThan(1 - 1e-9);
      });
      expect(Math.max(0, ...places)).toBeLessThanOrEqual(10);
    }),
    { seed: 54 },
  );
});

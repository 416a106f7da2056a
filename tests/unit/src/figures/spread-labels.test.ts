import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadLabels } from '../../../../src/figures/spread-labels.ts';

test('names that have room stand at their ends', () => {
  expect(spreadLabels([10, 50, 90], 140)).toEqual([10, 50, 90]);
});

test('names too close are moved apart by a line of text, in the order of their ends, and none leaves the plot below', () => {
  expect(spreadLabels([52, 50], 140)).toEqual([64, 50]);
  expect(spreadLabels([138, 139, 140], 140)).toEqual([112, 126, 140]);
});

test('no two names overlap, whatever the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 140, noNaN: true }), { maxLength: 8 }), (ends) => {
      const places = spreadLabels(ends, 140).toSorted((a, b) => a - b);
      places.slice(1).forEach((at, index) => {
        expect(at - places[index]!).toBeGreaterThan(14 - 1e-9);
      });
      expect(Math.max(0, ...places)).toBeLessThanOrEqual(140);
    }),
    { seed: 54 },
  );
});

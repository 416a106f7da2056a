import { expect, test } from 'vitest';
import { chanceBetween, startPoint } from '../../power/start-points.ts';

test('found is what lies beyond rotations, and what gained more than two models without differ by', () => {
  const none = { effects: [0, 1, 2], p: [0.5, 0.04, 0.2] };
  const planted = { effects: [4, 5.2, 10], p: [0.05, 0.051, 0.01] };
  // Student's t of two degrees of freedom is 2.92 one-sided at 0.05, and the models without differ by a standard deviation of 1.
  const least = 2.919986 * Math.SQRT2;
  expect(chanceBetween(none.effects, 0.05)).toBeCloseTo(least, 5);
  expect(least).toBeGreaterThan(4);
  expect(least).toBeLessThan(4.2);
  const point = startPoint(planted, none, 0.05);
  expect(point.beyond.share).toBeCloseTo(2 / 3, 12);
  // Of 4, 4.2 and 8 the first is no more than chance.
  expect(point.above!.share).toBeCloseTo(2 / 3, 12);
  // Two of three by Clopper and Pearson.
  expect(point.above!.low).toBeCloseTo(0.0943, 4);
  expect(point.above!.high).toBeCloseTo(0.9916, 4);
  expect(point.gained!.mean).toBeCloseTo(16.2 / 3, 12);
  // Student's 4.302653 times the standard deviation of 4, 4.2 and 8, over the root of three.
  const sd = Math.sqrt(((4 - 5.4) ** 2 + (4.2 - 5.4) ** 2 + (8 - 5.4) ** 2) / 2);
  expect(point.gained!.high - point.gained!.mean).toBeCloseTo((4.302653 * sd) / Math.sqrt(3), 5);
});

test('nothing is above the models to which nothing was given, of themselves', () => {
  const none = { effects: [0, 1, 2], p: [0.5, 0.04, 0.2] };
  expect(startPoint(none, none, 0.05)).toMatchObject({ above: null, gained: null, effect: 1 });
  expect(startPoint(none, none, 0.05).beyond.share).toBeCloseTo(1 / 3, 12);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg } from '../../controls/benjamini-hochberg.ts';
import { holm } from '../../controls/holm.ts';

/** Closed testing by Bonferroni's rule: the largest, over all sets that hold a test, of the set's size times its least p. */
const closed = (p: readonly number[]): readonly number[] =>
  p.map((_, own) => {
    let most = 0;
    for (let set = 1; set < 2 ** p.length; set += 1) {
      if (!(set & (1 << own))) continue;
      const members = p.filter((__, at) => set & (1 << at));
      most = Math.max(most, Math.min(1, members.length * Math.min(...members)));
    }
    return most;
  });

test("Holm's correction is closed testing by Bonferroni's", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (p) => {
      const found = holm(p);
      closed(p).forEach((expected, at) => {
        expect(found[at]).toBeCloseTo(expected, 14);
      });
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("Benjamini and Hochberg's is scipy.stats.false_discovery_control", () => {
  const found = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.2, 0.2]);
  [0.03, 0.06, 0.06, 0.03, 0.2, 0.2].forEach((expected, at) => {
    expect(found[at]).toBeCloseTo(expected, 14);
  });
  expect(benjaminiHochberg([])).toEqual([]);
});

test('a family with a figure that is no probability is refused', () => {
  for (const correct of [holm, benjaminiHochberg]) {
    for (const bad of [Number.NaN, -0.1, 1.1]) {
      expect(() => correct([0.1, bad])).toThrow(
        expect.objectContaining({
          name: 'NotAProbability',
          message: 'p-value 1 of a family is none.',
          details: [`expected a number from 0 to 1; received ${bad}`],
        }),
      );
    }
  }
});

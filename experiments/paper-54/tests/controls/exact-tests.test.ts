import { expect, test } from 'vitest';
import { proportionInterval } from '../../controls/proportion-interval.ts';
import { signTest } from '../../controls/sign-test.ts';
import { spearman } from '../../controls/spearman.ts';
import { tost } from '../../controls/tost.ts';

const depth = [0, 1, 2, 3, 4, 5, 6, 7];

test("Spearman's rho and its exact p, ties too: itertools.permutations over scipy.stats.rankdata", () => {
  for (const [figures, rho, upper, lower, twoSided] of [
    [
      [0.3, 0.1, 0.4, 0.2, 0.9, 0.5, 0.7, 0.8],
      0.7380952380952381,
      0.022916666666666665,
      0.9816220238095238,
      0.04583333333333333,
    ],
    [
      [0.913, 0.833, 0.95, 0.97, 1.1, 1.2, 1.3, 1.25],
      0.9523809523809524,
      0.000570436507936508,
      0.9998015873015873,
      0.001140873015873016,
    ],
    [
      [8, 7, 6, 5, 4, 3, 1, 2],
      -0.9761904761904763,
      0.9999751984126984,
      0.0001984126984126984,
      0.0003968253968253968,
    ],
    [
      [1, 1, 2, 2, 3, 5, 4, 4],
      0.909241209316635,
      0.001984126984126984,
      0.9990079365079365,
      0.003968253968253968,
    ],
  ] as const) {
    const found = spearman(depth, figures);
    expect(found.rho).toBeCloseTo(rho, 14);
    // Counts of 40,320 orders.
    expect([found.upperP, found.lowerP, found.twoSidedP]).toEqual([upper, lower, twoSided]);
  }
});

test('four layers can be in order by chance once in twenty-four times', () => {
  expect(spearman([0, 1, 2, 3], [1, 2, 3, 4]).upperP).toBe(1 / 24);
});

test('lists without an order, or with too many, are refused', () => {
  for (const [x, y, message, received] of [
    [[1, 2], [1, 2, 3], 'two lists of ranks differ in length.', '2 and 3'],
    [
      Array.from({ length: 11 }, (_, at) => at),
      Array.from({ length: 11 }, (_, at) => at),
      'so many figures have no exact p here.',
      '11',
    ],
    [[1], [1], 'so many figures have no exact p here.', '1'],
    [[1, 2, 3], [1, Number.NaN, 2], 'a figure has no rank.', '1, NaN, 2'],
    [[1, 2, 3], [4, 4, 4], 'equal figures have no order.', '4, 4, 4'],
  ] as const) {
    expect(() => spearman(x, y)).toThrow(
      expect.objectContaining({
        name: 'NoRankCorrelation',
        message,
        details: [`expected 2 to 10 finite figures a list, which differ; received ${received}`],
      }),
    );
  }
});

test('the sign test is the exact binomial one: scipy.stats.binomtest', () => {
  for (const [k, n, upper, twoSided] of [
    [7, 8, 0.03515625, 0.0703125],
    [8, 8, 0.00390625, 0.0078125],
    [4, 8, 0.63671875, 1],
    [0, 8, 1, 0.0078125],
    [3, 5, 0.5, 1],
    [24, 24, 2 ** -24, 2 ** -23],
    [13, 24, 0.4194098711013794, 0.8388197422027588],
  ] as const) {
    expect(signTest(k, n).upperP).toBeCloseTo(upper, 14);
    expect(signTest(k, n).twoSidedP).toBeCloseTo(twoSided, 14);
  }
  for (const [k, n] of [
    [9, 8],
    [-1, 8],
    [1.5, 8],
    [0, 0],
    [Number.NaN, 8],
    [1, 2000],
  ] as const) {
    expect(() => signTest(k, n)).toThrow(
      expect.objectContaining({
        name: 'NoSignTest',
        message: 'a sign test counts successes among trials.',
        details: [`expected 0 to trials successes of 1 to 1000 trials; received ${k} of ${n}`],
      }),
    );
  }
});

test("a share's interval is Clopper and Pearson's: binomtest(k, n).proportion_ci(0.95, 'exact')", () => {
  for (const [k, n, low, high] of [
    [0, 100, 0, 0.03621669264519054],
    [1, 100, 0.0002531460326818928, 0.054459385392080666],
    [50, 100, 0.3983211295033012, 0.6016788704966989],
    [80, 100, 0.7081573109113719, 0.873344447898044],
    [99, 100, 0.9455406146079194, 0.9997468539673181],
    [100, 100, 0.9637833073548094, 1],
    [3, 8, 0.08523341413759308, 0.7551367836335001],
  ] as const) {
    const found = proportionInterval(k, n);
    // jstat's quantile is found by iteration.
    expect(found.low).toBeCloseTo(low, 8);
    expect(found.high).toBeCloseTo(high, 8);
  }
  for (const [k, n] of [
    [2, 1],
    [0, 0],
    [-1, 5],
    [Number.NaN, 5],
  ] as const) {
    expect(() => proportionInterval(k, n)).toThrow(
      expect.objectContaining({
        name: 'NotAShare',
        message: 'a share counts successes among trials.',
        details: [`expected 0 to trials successes of 1 trial or more; received ${k} of ${n}`],
      }),
    );
  }
});

test('equivalence is the larger of two one-sided t tests: scipy.stats.ttest_1samp at both bounds', () => {
  for (const [figures, bound, p, low, high] of [
    [[0.001, 0.003, 0.002], 0.01, 0.002583996626193042, 0.0003141455391519163, 0.0036858544608480825],
    [[0.012, 0.004, -0.003], 0.01, 0.16054269787187953, -0.008319937514873914, 0.016986604181540573],
    [[0.02, 0.03, 0.025, 0.021], 0.05, 0.0007169917013855329, 0.018650733646188328, 0.029349266353811677],
  ] as const) {
    const found = tost(figures, bound);
    // jstat's distribution of t is good to nine digits.
    expect(found.p).toBeCloseTo(p, 9);
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
  }
  for (const [figures, bound] of [
    [[0.1], 0.2],
    [[], 0.2],
    [[0.1, 0.1], 0.2],
    [[0.1, Number.NaN], 0.2],
    [[0.1, 0.2], 0],
  ] as const) {
    expect(() => tost(figures, bound)).toThrow(
      expect.objectContaining({
        name: 'NoEquivalenceTest',
        message: 'an equivalence needs figures that vary, and a bound.',
        details: [
          'expected at least 2 finite figures that differ, a bound above 0 and a level below 0.5',
          `received ${figures.join(', ') || 'no figure'}, a bound of ${bound} and a level of 0.05`,
        ],
      }),
    );
  }
});

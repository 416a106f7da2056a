import { matrix } from 'reproducible-paper/numerics/matrix';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { againstLaw, meanAbsLaw } from '../../controls/exact-correlation.ts';

test('the mean of one |r|: scipy integrates r^2 ~ Beta(1/2, (N - 2)/2) to the same figures', () => {
  // scipy.integrate.quad; rounding alone differs.
  expect(meanAbsLaw(256 ** 2, 1).mean).toBeCloseTo(0.0031167722344224978, 14);
  expect(meanAbsLaw(128 ** 2, 1).mean).toBeCloseTo(0.006233758495170253, 14);
  // Of sixteen entries: B(1, 7) / B(1/2, 7).
  expect(meanAbsLaw(16, 1).mean).toBeCloseTo(0.20947265625, 9);
});

test('the chance of one |r|, far out too', () => {
  // scipy.stats.beta.sf
  for (const [n, z, p] of [
    [256, 1, 0.3173142001417532],
    [256, 3, 0.002699187437632416],
    [256, 6, 1.9640147049371486e-9],
    [256, 9, 2.202740636251886e-19],
    [128, 3, 0.0026973615144599223],
    [128, 9, 2.0466745212388684e-19],
  ] as const) {
    const found = meanAbsLaw(n * n, 1).upperP(z / Math.sqrt(n * n - 1));
    // The promise of the docstring is a hundredth.
    expect(Math.abs(Math.log(found / p))).toBeLessThan(0.002);
  }
});

test('the mean over layers and seeds: an integral of the characteristic function agrees', () => {
  // p = Re (1/pi) int_0^inf M(s)^m exp(-s m x) / s dw, s = theta + i w, M by Gauss and Legendre's rule, in numpy.
  for (const [count, meanAbs, p] of [
    [8, 0.0031, 0.48434158857047294],
    [8, 0.0045, 0.057446484872510674],
    [8, 0.006, 0.0012176453412036806],
    [8, 0.009, 8.760339601958699e-9],
    [8, 0.012, 4.656988847750951e-16],
    [24, 0.0031, 0.5003381545660215],
    [24, 0.0045, 0.0036876131786499574],
    [24, 0.006, 9.317267285145098e-8],
    [24, 0.009, 1.0197245937856993e-22],
  ] as const) {
    expect(Math.abs(Math.log(meanAbsLaw(256 ** 2, count).upperP(meanAbs) / p))).toBeLessThan(0.003);
  }
  const eight = meanAbsLaw(256 ** 2, 8);
  // Of a mean of eight, a cell is 8e-6.
  expect(eight.quantile(0.95)).toBeCloseTo(0.004566890364844622, 6);
  expect(eight.quantile(0.975)).toBeCloseTo(0.004880333197630703, 6);
  expect(eight.quantile(0.025)).toBeCloseTo(0.0016354946038694175, 6);
  expect(eight.sd).toBeCloseTo(0.000833, 6);
  expect(meanAbsLaw(256 ** 2, 24).quantile(0.95)).toBeCloseTo(0.003934, 5);
  expect(meanAbsLaw(256 ** 2, 24).sd).toBeCloseTo(0.000481, 6);
});

test('drawn matrices keep the law: as many lie beyond its quantiles as should', () => {
  const n = 8;
  const law = meanAbsLaw(n * n, 3);
  const random = seededRandom(1, 'law');
  const fixed = matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => (at === 0 ? 40 : at % 5)),
  );
  const means = Array.from({ length: 2000 }, () => {
    const r = [0, 1, 2].map(() => Math.abs(pearson(matrix(n, n, random.normals(n * n)), fixed)));
    return r.reduce((sum, x) => sum + x, 0) / 3;
  });
  const beyond = means.filter((mean) => mean > law.quantile(0.9)).length / 2000;
  expect(Math.abs(beyond - 0.1)).toBeLessThan(3.5 * Math.sqrt(0.09 / 2000));
  expect(law.upperP(law.quantile(0.9))).toBeCloseTo(0.1, 3);
});

test('a figure is told with what the law says of it', () => {
  const law = meanAbsLaw(256 ** 2, 8);
  const { p, mean, low, high } = againstLaw(0.0045, law);
  expect(p).toBeCloseTo(0.05745, 4);
  expect([low < mean, mean < high]).toEqual([true, true]);
  expect(againstLaw(0, law).p).toBe(1);
});

test('too few entries have no law', () => {
  for (const [entries, count] of [
    [3, 1],
    [16.5, 1],
    [16, 0],
    [Number.NaN, 8],
  ] as const) {
    expect(() => meanAbsLaw(entries, count)).toThrow(
      expect.objectContaining({
        name: 'TooFewEntries',
        message: 'a correlation of so few entries, or of no matrix, has no law here.',
        details: [`expected at least 4 entries and 1 matrix; received ${entries} and ${count}`],
      }),
    );
  }
});

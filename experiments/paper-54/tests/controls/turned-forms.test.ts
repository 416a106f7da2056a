import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import { identity } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { expect, test } from 'vitest';
import { headFigures } from '../../analyses/asymmetry-by-head.ts';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { turnedFigures, turnedLayer } from '../../controls/turned-forms.ts';
import { headRows } from '../../model/attention-weights.ts';
import { randomLayer } from '../analyses/hand-made-layers.ts';

const n = 12;
const layer = randomLayer(n, 5);
const turned = turnedLayer(layer, la);

test('its figures are those of Q and K O, multiplied out', () => {
  const random = seededRandom(3, 'turned');
  const o = haarMatrix(n, random);
  const headO = haarMatrix(n / 2, random);
  const { whole, heads } = turnedFigures(turned, o, headO, true, la);
  const k = la.multiply(layer.k, o);
  const form = la.multiply(layer.q, k, { transposeA: true });
  expect(whole['rho']).toBeCloseTo(asymmetryOf(form, 'form').rho, 10);
  expect(whole['real-fraction']).toBeCloseTo(realFraction(la.eigenvalues(form), 'form'), 8);
  const kernel = la.singularValues(la.multiply(layer.q, k, { transposeB: true }));
  expect(whole['effective-rank']).toBeCloseTo(effectiveRank(kernel, 'kernel'), 8);
  for (const head of [0, 1]) {
    const naive = headFigures({ ...layer, k }, head, la);
    expect(heads[head]!['rho'], `head ${head}`).toBeCloseTo(naive['rho']!, 8);
    expect(heads[head]!['real-fraction'], `head ${head}`).toBeCloseTo(naive['real-fraction']!, 6);
  }
});

test("a head's rank is that of Q_h^T G K_h, in a basis where its spectra are plain", () => {
  const headO = haarMatrix(n / 2, seededRandom(4, 'turned'));
  const { heads } = turnedFigures(turned, identity(n), headO, false, la);
  const bounds = heads.map(({ 'effective-rank': rank }) => rank!);
  const spectra = turned.headSpectra[1]!;
  const diagonal = (sigma: Float64Array) => {
    const d = identity(sigma.length);
    sigma.forEach((x, i) => {
      d.data[i * sigma.length + i] = x;
    });
    return d;
  };
  const product = la.multiply(la.multiply(diagonal(spectra.q), headO), diagonal(spectra.k));
  expect(bounds[1]).toBeCloseTo(effectiveRank(la.singularValues(product), 'product'), 8);
  expect(spectra.q).toEqual(la.singularValues(headRows(layer.q, 2, 1)));
});

test('unturned, the figures are the observed ones; turned, rho is 1/n on average', () => {
  const still = turnedFigures(turned, identity(n), identity(n / 2), false, la);
  const form = la.multiply(layer.q, layer.k, { transposeA: true });
  expect(still.whole['rho']).toBeCloseTo(asymmetryOf(form, 'form').rho, 10);
  expect(still.whole['real-fraction']).toBeUndefined();
  const random = seededRandom(6, 'turned');
  const draws = 400;
  let sum = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    sum += turnedFigures(turned, haarMatrix(n, random), identity(n / 2), false, la).whole['rho']!;
  }
  // rho of a draw has a standard deviation near sqrt(2) / n: five standard errors.
  expect(Math.abs(sum / draws - 1 / n)).toBeLessThan((5 * Math.SQRT2) / n / Math.sqrt(draws));
});

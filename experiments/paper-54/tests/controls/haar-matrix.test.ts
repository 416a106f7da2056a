import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';

const n = 6;

test('it is orthogonal', () => {
  const o = haarMatrix(n, seededRandom(1, 'haar'));
  const gram = la.multiply(o, o, { transposeA: true });
  gram.data.forEach((x, at) => {
    expect(x).toBeCloseTo(Math.floor(at / n) === at % n ? 1 : 0, 10);
  });
});

test('its moments are those of Haar measure', () => {
  const random = seededRandom(2, 'haar');
  const draws = 600;
  let [trace, square, fourth, corner] = [0, 0, 0, 0];
  for (let draw = 0; draw < draws; draw += 1) {
    const o = haarMatrix(n, random);
    const t = Array.from({ length: n }, (_, i) => o.data[i * n + i]!).reduce((sum, x) => sum + x, 0);
    trace += t / draws;
    square += t ** 2 / draws;
    fourth += o.data[0]! ** 4 / draws;
    corner += o.data[1]! ** 2 / draws;
  }
  // E tr = 0 and E tr^2 = 1; an entry's square has mean 1/n and second moment 3/(n (n + 2)). Five standard errors.
  const error = 5 / Math.sqrt(draws);
  expect(Math.abs(trace)).toBeLessThan(error);
  expect(Math.abs(square - 1)).toBeLessThan(error * Math.SQRT2);
  expect(Math.abs(corner - 1 / n)).toBeLessThan((error * Math.SQRT2) / n);
  expect(Math.abs(fourth - 3 / (n * (n + 2)))).toBeLessThan((error * 10) / (n * (n + 2)));
});

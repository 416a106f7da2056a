import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { gramAlignment, rotatedRows } from '../../analyses/projection-geometry.ts';
import { haarMatrix } from '../../controls/haar-matrix.ts';

const n = 8;
const q = gaussian(n, 1);

test('it is one of a projection with itself, whatever the basis of its outputs', () => {
  expect(gramAlignment(q, q, la)).toBeCloseTo(1, 12);
  expect(gramAlignment(q, la.multiply(haarMatrix(n, seededRandom(1, 'gauge')), q), la)).toBeCloseTo(1, 10);
});

test('of Haar-turned projections its mean is 0 and its variance 2 / ((n - 1)(n + 2))', () => {
  const random = seededRandom(2, 'alignment');
  const draws = 500;
  const found = Array.from({ length: draws }, () =>
    gramAlignment(q, la.multiply(gaussian(n, 3), haarMatrix(n, random)), la),
  );
  const mean = found.reduce((sum, x) => sum + x, 0) / draws;
  const variance = found.reduce((sum, x) => sum + x * x, 0) / draws;
  const law = 2 / ((n - 1) * (n + 2));
  // Five standard errors.
  expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(law / draws));
  expect(Math.abs(variance / law - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
});

test('a rotation keeps lengths, and its distances add', () => {
  const once = rotatedRows(rotatedRows(q, 3, 10_000), 5, 10_000);
  rotatedRows(q, 8, 10_000).data.forEach((x, at) => {
    expect(once.data[at]).toBeCloseTo(x, 12);
  });
  const angle = 10_000 ** (-2 / n);
  expect(rotatedRows(q, 1, 10_000).data[2 * n]).toBeCloseTo(
    Math.cos(angle) * q.data[2 * n]! - Math.sin(angle) * q.data[3 * n]!,
    12,
  );
});

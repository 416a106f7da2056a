import { expect, test } from 'vitest';
import { marchenkoPasturQuantiles } from '../../../../src/numerics/marchenko-pastur.ts';
import { matrix } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { quarterCircleQuantiles } from '../../../../src/numerics/spectrum.ts';

test('of a square matrix it is the quarter circle', () => {
  const expected = quarterCircleQuantiles(64);
  // The integral's error, and that of lines between its steps.
  for (const [i, x] of marchenkoPasturQuantiles(64, 64).entries()) expect(x).toBeCloseTo(expected[i]!, 5);
});

test('of a rectangle it is what a Gaussian matrix has, whichever side is the longer', () => {
  const random = seededRandom(3, 'rectangle');
  const entries = Float64Array.from({ length: 60 * 240 }, () => random.normal() / Math.sqrt(240));
  const sigma = mlMatrixLinearAlgebra.singularValues(matrix(60, 240, entries));
  const law = marchenkoPasturQuantiles(60, 240);
  expect(marchenkoPasturQuantiles(240, 60)).toEqual(law);
  // Singular values are rigid: they stray from their quantiles by some 1 / 60 of the width of 1.
  for (const [i, x] of sigma.entries()) expect(Math.abs(x - law[i]!)).toBeLessThan(0.05);
  // Its second moment is one, by the entries' variance.
  expect(law.reduce((sum, x) => sum + x * x, 0) / 60).toBeCloseTo(1, 2);
});

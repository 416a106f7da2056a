import { matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { orthogonal } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { bandEnergies } from '../../analyses/band-energy.ts';
import { bandLaw } from '../../controls/band-law.ts';

test('the law of a band is what Gaussian matrices give in any basis', () => {
  const [n, layers, draws] = [64, 4, 1000];
  const u = orthogonal(n, 3);
  const random = seededRandom(1, 'band-law');
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    for (let layer = 0; layer < layers; layer += 1)
      sum += bandEnergies(matrix(n, n, random.normals(n * n)), u, la)[1]!;
    return sum / layers;
  }).sort((a, b) => a - b);
  const law = bandLaw(1 / 8, n * n, layers);
  const mean = means.reduce((sum, x) => sum + x, 0) / draws;
  const sd = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws - 1));
  // Three standard errors of each: of a mean sd / sqrt(draws), of an sd a share of 1 / sqrt(2 draws), of a quantile 2.7 / sqrt(draws) sd.
  expect(Math.abs(mean - law.mean) / law.sd).toBeLessThan(3 / Math.sqrt(draws));
  expect(Math.abs(sd / law.sd - 1)).toBeLessThan(3 / Math.sqrt(2 * draws));
  expect(Math.abs(means[Math.floor(0.025 * draws)]! - law.low) / law.sd).toBeLessThan(8.1 / Math.sqrt(draws));
  expect(Math.abs(means[Math.floor(0.975 * draws)]! - law.high) / law.sd).toBeLessThan(
    8.1 / Math.sqrt(draws),
  );
});

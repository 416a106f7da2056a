import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { drawMatrix, entryLaws } from '../../matrices/draw-matrix.ts';

/** Draws of mean 0 and variance 1: the error of the mean is 1/n, that of the variance below 3/n for these laws. */
const n = 400;

test.each(entryLaws)('entries of law %s have mean zero and variance one', (law) => {
  const { data } = drawMatrix(seededRandom(54, `test/${law}`), n, n, law);
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const variance = data.reduce((sum, x) => sum + x * x, 0) / data.length - mean ** 2;
  // Five standard errors; the kurtosis of Student's t with five degrees is 9.
  expect(Math.abs(mean)).toBeLessThan(5 / n);
  expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.sqrt(8)) / n);
});

test('a matrix is a function of its seed alone', () => {
  const draw = (seed: number) => drawMatrix(seededRandom(seed, 'test'), 3, 2).data;
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

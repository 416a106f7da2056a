import { matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { circulantEmbedding, gramRow } from '../../crystallization/literal-embedding.ts';
import { circulantMatrix, circulantRow } from '../../series/circulant.ts';

const [n, width] = [9, 3];
const e = matrix(n, width, seededRandom(1, 'literal').normals(n * width));
const w = gramRow(e);

test('its row is the mean of E E^T along each wrapped diagonal, multiplied out', () => {
  const naive = circulantRow(la.multiply(e, e, { transposeB: true }));
  w.forEach((x, at) => {
    expect(x).toBeCloseTo(naive[at]!, 10);
  });
});

test('with every mode the factor gives circ(w) back; with fewer, the best of that rank', () => {
  const circulant = circulantMatrix(w);
  const whole = circulantEmbedding(w, n);
  la.multiply(whole, whole, { transposeB: true }).data.forEach((x, at) => {
    // An autocorrelation has no negative eigenvalue.
    expect(x).toBeCloseTo(circulant.data[at]!, 10);
  });
  const { values } = la.symmetricEigen(circulant);
  const sizes = la.singularValues(circulantEmbedding(w, 5)).map((x) => x * x);
  const expected = [...values].sort((a, b) => b - a);
  sizes.forEach((x, at) => {
    expect(x).toBeCloseTo(expected[at]!, 8);
  });
});

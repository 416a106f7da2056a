/**
 * A Haar matrix: an orthogonal one of which no direction is preferred. The orthogonal factor of a Gaussian's QR, the
 * diagonal of R positive, is one (Mezzadri 2007): here by modified Gram-Schmidt over rows, in plain arithmetic, so that a
 * seed gives the same bits on any machine. It leaves products of rows some 1e-12 from zero.
 */
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';

/** @returns [n, n] */
export const haarMatrix = (n: number, random: SeededRandom): Matrix => {
  const data = random.normals(n * n);
  for (let i = 0; i < n; i += 1) {
    const row = data.subarray(i * n, (i + 1) * n);
    let squares = 0;
    for (const x of row) squares += x * x;
    const inverse = 1 / Math.sqrt(squares);
    for (let at = 0; at < n; at += 1) row[at]! *= inverse;
    for (let j = i + 1; j < n; j += 1) {
      const later = data.subarray(j * n, (j + 1) * n);
      let product = 0;
      for (let at = 0; at < n; at += 1) product += row[at]! * later[at]!;
      for (let at = 0; at < n; at += 1) later[at]! -= product * row[at]!;
    }
  }
  return matrix(n, n, data);
};

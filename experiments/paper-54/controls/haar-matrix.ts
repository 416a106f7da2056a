/**
 * A Haar matrix: an orthogonal one of which no direction is preferred. The orthogonal factor of a Gaussian's QR, the
 * diagonal of R positive, is one (Mezzadri 2007).
 */
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { orthonormaliseRows } from 'reproducible-paper/numerics/orthonormal-rows';
import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';

/** The same bits on any machine. @returns [n, n] */
export const haarMatrix = (n: number, random: SeededRandom): Matrix => {
  const data = random.normals(n * n);
  orthonormaliseRows(data, n);
  return matrix(n, n, data);
};

/** The stream's next ones as `haarMatrix` gives them but for rounding, in a fifth of the time [count, n, n]. */
export const haarStack = <S>(n: number, random: SeededRandom, count: number, stacks: MatrixStacks<S>): S =>
  stacks.step(() => stacks.orthonormalRows(stacks.enter(random.normals(count * n * n), [count, n, n])));

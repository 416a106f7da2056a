/**
 * A Haar matrix: an orthogonal one of which no direction is preferred. The orthogonal factor of a Gaussian's QR, the
 * diagonal of R positive, is one (Mezzadri 2007).
 */
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { NormalStream } from 'reproducible-paper/numerics/normal-stream';
import { orthonormaliseRows } from 'reproducible-paper/numerics/orthonormal-rows';

/** The same bits on any machine. @returns [n, n] */
export const haarMatrix = (n: number, random: NormalStream): Matrix => {
  const data = random.normals(n * n);
  orthonormaliseRows(data, n);
  return matrix(n, n, data);
};

/**
 * Those that `haarMatrix` gives, but for rounding, of as many normals, in a fifth of the time.
 *
 * @param normals of one matrix after the other [count n^2]
 * @returns [count, n, n]
 */
export const haarStack = <S>(n: number, normals: Float64Array, stacks: MatrixStacks<S>): S =>
  stacks.step(() => stacks.orthonormalRows(stacks.enter(normals, [normals.length / n ** 2, n, n])));

/**
 * A Haar matrix: an orthogonal one of which no direction is preferred. The orthogonal factor of a Gaussian's QR, the
 * diagonal of R positive, is one (Mezzadri 2007).
 */
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { NormalStream } from 'reproducible-paper/numerics/normal-stream';
import { orthonormaliseRows } from 'reproducible-paper/numerics/orthonormal-rows';

/** The same bits on any machine. @returns [n, n] */
export const haarMatrix = (n: number, random: Pick<NormalStream, 'normals'>): Matrix => {
  const data = random.normals(n * n);
  orthonormaliseRows(data, n);
  return matrix(n, n, data);
};

/**
 * The next ones of a stream, as `haarMatrix` gives them but for rounding, in a tenth of the time.
 *
 * @returns [count, n, n]
 */
export const haarStack = <S>(n: number, count: number, random: NormalStream, stacks: MatrixStacks<S>): S =>
  stacks.step(() => stacks.orthonormalRows(stacks.normals(random, [count, n, n])));

/** The next one of each stream. @returns [streams, n, n] */
export const haarOfEach = <S>(n: number, streams: readonly NormalStream[], stacks: MatrixStacks<S>): S =>
  stacks.step(() => {
    const rows = stacks.join(streams.map((random) => stacks.normals(random, [1, n, n])));
    return stacks.orthonormalRows(stacks.reshape(rows, [streams.length, n, n]));
  });

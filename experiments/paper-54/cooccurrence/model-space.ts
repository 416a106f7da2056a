/**
 * How a corpus view M [top, top] becomes a matrix of model space [n, n]: through the embedding E of the run that
 * is analysed, whitened (C^{-1/2} E^T M E C^{-1/2}, C = E^T E) or raw (E^T M E).
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { positiveLargest } from 'reproducible-paper/numerics/top-eigenpairs';
import { PaperError } from 'reproducible-paper/stage';

/**
 * Rows of wte for the top tokens, each divided by its root mean square (what the first block sees, up to a
 * gain), then centred by the mean weighted by frequency: [top, n].
 *
 * @param frequencies of the top tokens [top]
 */
export const centredEmbedding = (wte: Matrix, top: Int32Array, frequencies: Float64Array): Matrix => {
  const n = wte.cols;
  const rows = new Float64Array(top.length * n);
  top.forEach((id, place) => {
    const row = wte.data.subarray(id * n, (id + 1) * n);
    const rms = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / n);
    if (!(rms > 0)) {
      throw new PaperError('ZeroMatrix', `the embedding of token ${id} is zero and has no direction.`, {
        details: ['expected a positive root mean square; received 0'],
        hint: 'check the run that the weights come from.',
      });
    }
    for (let j = 0; j < n; j += 1) rows[place * n + j] = row[j]! / rms;
  });
  const total = frequencies.reduce((sum, x) => sum + x, 0);
  const mean = new Float64Array(n);
  for (let place = 0; place < top.length; place += 1) {
    for (let j = 0; j < n; j += 1) mean[j]! += (frequencies[place]! / total) * rows[place * n + j]!;
  }
  return matrix(
    top.length,
    n,
    rows.map((x, at) => x - mean[at % n]!),
  );
};

/** Eigenvalues below this share of the largest count as zero: whitening would blow up rounding. */
const rankTolerance = 1e-10;

/** C^{-1/2} of a symmetric positive definite C [n, n]. @throws RankDeficient */
export const inverseRoot = (c: Matrix, la: LinearAlgebra): Matrix => {
  const { values, vectors } = la.symmetricEigen(c);
  const largest = values.at(-1) ?? 0;
  const smallest = values[0] ?? 0;
  if (!(smallest > largest * rankTolerance)) {
    throw new PaperError('RankDeficient', 'E^T E lacks rank, so that it cannot whiten.', {
      details: [
        `expected eigenvalues above ${rankTolerance} of the largest; received ${smallest} of ${largest}`,
      ],
      hint: 'count more top tokens than the model is wide, or print the raw images alone.',
    });
  }
  const n = c.rows;
  const scaled = matrix(
    n,
    n,
    vectors.data.map((x, at) => x / Math.sqrt(values[at % n]!)),
  );
  return la.multiply(scaled, vectors, { transposeB: true });
};

/** E^T M E: [n, n] */
export const rawImage = (m: SparseMatrix, e: Matrix, la: LinearAlgebra): Matrix =>
  la.blocks((blocks) => {
    const tall = blocks.enter(e); // [tokens, n]
    return blocks.leave(blocks.multiply(tall, blocks.sparse(m)(tall), { transposeA: true })); // [n, n]
  });

/** C^{-1/2} image C^{-1/2} */
export const whiten = (image: Matrix, whitening: Matrix, la: LinearAlgebra): Matrix =>
  la.multiply(la.multiply(whitening, image), whitening);

/**
 * Eigenvectors of (A + A^T) / 2 as columns, by |lambda|, descending. Each column's largest entry is positive: a
 * library's own choice of sign would turn a matrix that is read in this basis.
 */
export const eigenbasis = (a: Matrix, la: LinearAlgebra): Matrix => {
  const n = a.rows;
  const symmetric = matrix(
    n,
    n,
    a.data.map((x, at) => (x + a.data[(at % n) * n + Math.floor(at / n)]!) / 2),
  );
  const { values, vectors } = la.symmetricEigen(symmetric);
  const order = [...values.keys()].sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!));
  const sorted = vectors.data.map((_, at) => vectors.data[Math.floor(at / n) * n + order[at % n]!]!);
  return positiveLargest(matrix(n, n, sorted));
};

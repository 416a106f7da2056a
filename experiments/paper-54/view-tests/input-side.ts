/**
 * T2 to T5: what two matrices have in common on their input side, whatever turns their outputs. They see a projection
 * through its Gram matrix alone, A^T A, so that the gauge null of T1 says nothing of them: their null turns the input,
 * A -> A O, which keeps A's spectrum.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import {
  frobeniusNorm,
  innerProduct,
  type Matrix,
  matrix,
  sliceCols,
} from 'reproducible-paper/numerics/matrix';
import { correlationOf, standardise } from 'reproducible-paper/numerics/pearson';
import { PaperError } from 'reproducible-paper/stage';

export interface InputSide {
  /** A [n, n] */
  readonly own: Matrix;
  /** A^T A [n, n] */
  readonly gram: Matrix;
  /** Leading right singular vectors [n, k] */
  readonly leading: Matrix;
}

/** @throws ZeroMatrix */
export const inputSide = (own: Matrix, k: number, la: LinearAlgebra): InputSide => {
  const n = own.cols;
  if (!(k >= 1 && k <= n)) {
    throw new PaperError('SubspaceTooWide', 'a subspace has as many directions as the matrix has, at most.', {
      details: [`expected 1 to ${n} directions; received ${k}`],
      hint: 'lower `inference.subspace` in the configuration.',
    });
  }
  if (!(frobeniusNorm(own) > 0)) {
    throw new PaperError('ZeroMatrix', 'a matrix of zeros has no input side.', {
      details: ['expected a positive Frobenius norm; received 0'],
      hint: 'check the run or the view that the matrix comes from.',
    });
  }
  const gram = la.multiply(own, own, { transposeA: true });
  // Eigenvalues ascend.
  return { own, gram, leading: sliceCols(la.symmetricEigen(gram).vectors, n - k, n) };
};

/** Of A O, for an orthogonal O [n, n]. */
export const turnedSide = ({ own, gram, leading }: InputSide, o: Matrix, la: LinearAlgebra): InputSide => ({
  own: la.multiply(own, o),
  gram: la.multiply(o, la.multiply(gram, o), { transposeA: true }),
  leading: la.multiply(o, leading, { transposeA: true }),
});

/** Entries above the diagonal, as one row. */
const aboveDiagonal = ({ rows, data }: Matrix): Matrix => {
  const entries: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = i + 1; j < rows; j += 1) entries.push(data[i * rows + j]!);
  }
  return matrix(1, entries.length, Float64Array.from(entries));
};

export const inputStatistics = ['grams', 'cka', 'procrustes', 'overlap'] as const;
export type InputStatistics = Readonly<Record<(typeof inputStatistics)[number], number>>;

/**
 * grams (T2): Pearson r of A^T A and M^T M above the diagonal. cka (T3, Kornblith et al. 2019): ||A M^T||^2 /
 * (||A A^T|| ||M M^T||), on tokens whose covariance is the identity. procrustes (T4): ||A M^T||_* / (||A|| ||M||), the
 * cosine after the best turn of outputs (Schoenemann 1966). overlap (T5): ||V_A^T V_M||^2 / k of the leading
 * input directions (Bjoerck and Golub 1973); k/n for unrelated ones.
 */
export const inputStatisticsOf = (a: InputSide, m: InputSide, la: LinearAlgebra): InputStatistics => {
  const shared = la.multiply(a.own, m.own, { transposeB: true });
  const overlap = la.multiply(a.leading, m.leading, { transposeA: true });
  return {
    grams: correlationOf(standardise(aboveDiagonal(a.gram)), standardise(aboveDiagonal(m.gram))),
    cka: innerProduct(shared, shared) / (frobeniusNorm(a.gram) * frobeniusNorm(m.gram)),
    procrustes:
      la.singularValues(shared).reduce((sum, sigma) => sum + sigma, 0) /
      (frobeniusNorm(a.own) * frobeniusNorm(m.own)),
    overlap: innerProduct(overlap, overlap) / a.leading.cols,
  };
};

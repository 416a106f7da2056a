import { PaperError } from '../../../src/engine/paper-error.ts';
import type { Matrix } from '../../../src/tensor/linear-algebra.ts';
import { frobeniusNorm, innerProduct } from '../../../src/tensor/matrix.ts';

const centred = (a: Matrix): Matrix => {
  const mean = a.data.reduce((sum, x) => sum + x, 0) / a.data.length;
  return { ...a, data: a.data.map((x) => x - mean) };
};

/** <a, b> / (||a|| ||b||), without centring: the same in every orthonormal basis. @throws ConstantMatrix */
export const cosine = (a: Matrix, b: Matrix): number => {
  const size = frobeniusNorm(a) * frobeniusNorm(b);
  if (size > 0) return innerProduct(a, b) / size;
  throw new PaperError('ConstantMatrix', 'a matrix whose entries are all equal correlates with nothing.', {
    details: ['expected entries that vary; received a standard deviation of 0'],
    hint: 'check the run or the view that the matrix comes from.',
  });
};

/** A matrix made ready: many correlations with it cost one inner product each. */
export interface Standardised {
  readonly matrix: Matrix;
}

/** Centred and divided by its norm. @throws ConstantMatrix */
export const standardise = (a: Matrix): Standardised => {
  const c = centred(a);
  const norm = frobeniusNorm(c);
  cosine(c, c);
  return { matrix: { ...c, data: c.data.map((x) => x / norm) } };
};

/** Pearson r of two flattened matrices, standardised before. */
export const correlationOf = (a: Standardised, b: Standardised): number => innerProduct(a.matrix, b.matrix);

/** Pearson r of two flattened matrices of one shape. @throws ConstantMatrix, ShapeMismatch */
export const pearson = (a: Matrix, b: Matrix): number => correlationOf(standardise(a), standardise(b));

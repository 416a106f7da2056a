import { PaperError } from '../../../src/engine/paper-error.ts';
import type { Matrix } from '../../../src/tensor/linear-algebra.ts';
import { frobeniusNorm, innerProduct, scale } from '../../../src/tensor/matrix.ts';

const constantMatrix = (): PaperError =>
  new PaperError('ConstantMatrix', 'a matrix whose entries are all equal correlates with nothing.', {
    details: ['expected entries that vary; received a standard deviation of 0'],
    hint: 'check the run or the view that the matrix comes from.',
  });

/** <a, b> / (||a|| ||b||), without centring: the same in every orthonormal basis. @throws ConstantMatrix */
export const cosine = (a: Matrix, b: Matrix): number => {
  const size = frobeniusNorm(a) * frobeniusNorm(b);
  if (size > 0) return innerProduct(a, b) / size;
  throw constantMatrix();
};

/** A matrix made ready: many correlations with it cost one inner product each. */
export interface Standardised {
  readonly matrix: Matrix;
}

const centred = (a: Matrix): Matrix => {
  let sum = 0;
  for (const entry of a.data) sum += entry;
  const mean = sum / a.data.length;
  return { ...a, data: a.data.map((entry) => entry - mean) };
};

/** Centred and divided by its norm. @throws ConstantMatrix */
export const standardise = (a: Matrix): Standardised => {
  // Asked of the entries: rounding in the mean would leave a constant matrix a norm.
  if (a.data.every((entry) => entry === a.data[0])) throw constantMatrix();
  const c = centred(a);
  const norm = frobeniusNorm(c);
  if (norm > 0) return { matrix: scale(c, 1 / norm) };
  throw constantMatrix();
};

/** Pearson r of two flattened matrices, standardised before. */
export const correlationOf = (a: Standardised, b: Standardised): number => innerProduct(a.matrix, b.matrix);

/** Pearson r of two flattened matrices of one shape. @throws ConstantMatrix, ShapeMismatch */
export const pearson = (a: Matrix, b: Matrix): number => correlationOf(standardise(a), standardise(b));

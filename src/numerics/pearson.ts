import { PaperError } from '../engine/stage/paper-error.ts';
import { innerProduct, type Matrix } from './matrix.ts';

const constantMatrix = (): PaperError =>
  new PaperError('ConstantMatrix', 'a matrix whose entries are all equal correlates with nothing.', {
    details: ['expected entries that vary; received a standard deviation of 0'],
    hint: 'check the run or the view that the matrix comes from.',
  });

/** A matrix made ready: many correlations with it cost one inner product each. */
export interface Standardised {
  readonly matrix: Matrix;
}

/** Entries less a mean, divided by their norm. In loops: a null makes some hundred matrices ready. */
const unit = (a: Matrix, mean: number): Standardised => {
  const data = new Float64Array(a.data.length);
  let squares = 0;
  for (let at = 0; at < data.length; at += 1) {
    const entry = a.data[at]! - mean;
    data[at] = entry;
    squares += entry * entry;
  }
  const norm = Math.sqrt(squares);
  if (!(norm > 0)) throw constantMatrix();
  for (let at = 0; at < data.length; at += 1) data[at]! *= 1 / norm;
  return { matrix: { ...a, data } };
};

/**
 * Divided by its norm alone: the correlation of two such is their cosine, the same in every orthonormal basis.
 *
 * @throws ConstantMatrix
 */
export const normalise = (a: Matrix): Standardised => unit(a, 0);

/** Centred and divided by its norm. @throws ConstantMatrix */
export const standardise = (a: Matrix): Standardised => {
  let sum = 0;
  // Asked of the entries: rounding in the mean would leave a constant matrix a norm.
  let isConstant = true;
  for (let at = 0; at < a.data.length; at += 1) {
    sum += a.data[at]!;
    isConstant &&= a.data[at] === a.data[0];
  }
  if (isConstant) throw constantMatrix();
  return unit(a, sum / a.data.length);
};

/** Pearson r of two flattened matrices, standardised before. */
export const correlationOf = (a: Standardised, b: Standardised): number => innerProduct(a.matrix, b.matrix);

/** Pearson r of two flattened matrices of one shape. @throws ConstantMatrix, ShapeMismatch */
export const pearson = (a: Matrix, b: Matrix): number => correlationOf(standardise(a), standardise(b));

/** Shares of a square matrix that are symmetric, and of its eigenvalues that are real. */
import { PaperError } from '../engine/stage/paper-error.ts';
import { innerProduct, type Matrix, transpose } from './matrix.ts';

const zeroForm = (message: string, expected: string): PaperError =>
  new PaperError('ZeroMatrix', message, {
    details: [`expected ${expected}`],
    hint: 'check the run that the weights come from.',
  });

/**
 * Sum |Re| / sum |lambda| of a matrix's eigenvalues.
 *
 * @param name of the matrix, for the reader of an error
 * @throws ZeroMatrix when all of them are zero
 */
export const realFraction = (
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
  name: string,
): number => {
  let real = 0;
  let all = 0;
  for (let i = 0; i < re.length; i += 1) {
    real += Math.abs(re[i]!);
    all += Math.hypot(re[i]!, im[i]!);
  }
  if (all > 0) return real / all;
  throw zeroForm(`${name} has no eigenvalue but zero, so that no share of them is real.`, 'one that is not');
};

/**
 * @param w [n, n]
 * @param name of the matrix, for the reader of an error
 * @throws ZeroMatrix
 */
export const asymmetryOf = (
  w: Matrix,
  name: string,
): { readonly ratio: number; readonly rho: number; readonly 'antisymmetric-energy': number } => {
  const energy = innerProduct(w, w);
  if (!(energy > 0)) {
    throw zeroForm(
      `${name} is zero, and so neither symmetric nor antisymmetric.`,
      'a bilinear form that is not zero',
    );
  }
  const rho = innerProduct(w, transpose(w)) / energy;
  return { ratio: Math.sqrt(2 * Math.max(0, 1 - rho)), rho, 'antisymmetric-energy': (1 - rho) / 2 };
};

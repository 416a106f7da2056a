/**
 * How far W = Q^T K is from symmetric: ratio = ||W - W^T|| / ||W|| = sqrt(2 (1 - rho)), rho = <W, W^T> / ||W||^2;
 * antisymmetric energy = (1 - rho) / 2; real fraction = sum |Re lambda| / sum |lambda|. Paper 54, invariant 4.
 */
import { PaperError } from '../../../src/engine/stage/index.ts';
import type { LinearAlgebra } from '../../../src/tensor/linear-algebra.ts';
import { innerProduct, type Matrix, transpose } from '../../../src/tensor/matrix.ts';
import { gaussianNullStage, type LayerTable, layerTableStage } from './layer-table.ts';
import { fixed, numberColumn, share, signed } from './result-file.ts';

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

export const asymmetryColumns = [
  numberColumn('ratio', '$\\lVert W-W^\\top\\rVert/\\lVert W\\rVert$', fixed(2)),
  numberColumn('rho', '$\\rho$', signed(3)),
  numberColumn('real-fraction', 'real eigenvalue share', fixed(2)),
  numberColumn('antisymmetric-energy', 'antisymmetric energy', share(1)),
];

export const asymmetryTable: LayerTable = {
  id: 'asymmetry',
  columns: asymmetryColumns,
  figures: ({ q, k }, la: LinearAlgebra) => {
    const w = la.multiply(q, k, { transposeA: true }); // [n, n]; row: the later token
    return { ...asymmetryOf(w, 'Q^T K'), 'real-fraction': realFraction(la.eigenvalues(w), 'Q^T K') };
  },
};

export const asymmetryNull = gaussianNullStage(import.meta.url, asymmetryTable);
export const asymmetry = layerTableStage(import.meta.url, asymmetryTable);

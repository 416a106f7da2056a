/**
 * The rank of attention's kernel: r_eff = (sum sigma)^2 / sum sigma^2, exp(H) (Roy and Vetterli 2007), and the
 * energy of the leading singular values, of Q K^T as the paper's table names it. Paper 54, invariant 3.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { numberColumn } from 'reproducible-paper/results';
import type { AttentionWeights } from '../model/attention-weights.ts';
import { type LayerTable, layerTableStage } from './layer-table.ts';
import { ranksOf } from './rank-figures.ts';

const rankColumns = [
  numberColumn('effective-rank'),
  numberColumn('top-8-energy'),
  numberColumn('top-32-energy'),
  numberColumn('entropy-rank'),
];

/** Singular values of Q K^T, descending [n]. */
export const kernelSpectrum = ({ q, k }: AttentionWeights, la: LinearAlgebra): Float64Array =>
  la.singularValues(la.multiply(q, k, { transposeB: true }));

export const lowRankKernelTable: LayerTable = {
  id: 'low-rank-kernel',
  columns: rankColumns,
  figures: (layer, la) => ranksOf(kernelSpectrum(layer, la), 'Q K^T'),
};

/** The same of W = Q^T K, the form that attention uses: row, the later token; column, the earlier one. */
export const lowRankFormTable: LayerTable = {
  id: 'low-rank-form',
  columns: rankColumns,
  figures: ({ q, k }, la) => {
    const w: Matrix = la.multiply(q, k, { transposeA: true });
    return ranksOf(la.singularValues(w), 'Q^T K');
  },
};

export const lowRankKernel = layerTableStage(import.meta.url, lowRankKernelTable);
export const lowRankForm = layerTableStage(import.meta.url, lowRankFormTable);

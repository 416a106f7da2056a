/**
 * The rank of attention's kernel: r_eff = (sum sigma)^2 / sum sigma^2, exp(H) (Roy and Vetterli 2007), and the
 * energy of the leading singular values, of Q K^T as the paper's table names it. Paper 54, invariant 3.
 */
import type { Matrix } from '../../../src/tensor/linear-algebra.ts';
import { type LayerFigures, type LayerTable, layerTableStage } from './layer-table.ts';
import { fixed, numberColumn, share } from './result-file.ts';
import { effectiveRank, entropyRank, topEnergy } from './spectrum.ts';

const rankColumns = [
  numberColumn('effective-rank', 'effective rank', fixed(1)),
  numberColumn('top-8-energy', 'top-8 energy', share(1)),
  numberColumn('top-32-energy', 'top-32 energy', share(1)),
  numberColumn('entropy-rank', '$\\exp H$', fixed(1)),
];

const ranksOf = (sigma: Float64Array, name: string): LayerFigures => ({
  'effective-rank': effectiveRank(sigma, name),
  'top-8-energy': topEnergy(sigma, 8, name),
  'top-32-energy': topEnergy(sigma, 32, name),
  'entropy-rank': entropyRank(sigma, name),
});

export const lowRankKernelTable: LayerTable = {
  id: 'low-rank-kernel',
  control: 'gaussian',
  columns: rankColumns,
  figures: ({ q, k }, la) => ranksOf(la.singularValues(la.multiply(q, k, { transposeB: true })), 'Q K^T'),
};

/** The same of W = Q^T K, the form that attention uses: row, the later token; column, the earlier one. */
export const lowRankFormTable: LayerTable = {
  id: 'low-rank-form',
  control: 'gaussian',
  columns: rankColumns,
  figures: ({ q, k }, la) => {
    const w: Matrix = la.multiply(q, k, { transposeA: true });
    return ranksOf(la.singularValues(w), 'Q^T K');
  },
};

export const lowRankKernel = layerTableStage(import.meta.url, 'lowRankKernel', lowRankKernelTable);
export const lowRankForm = layerTableStage(import.meta.url, 'lowRankForm', lowRankFormTable);

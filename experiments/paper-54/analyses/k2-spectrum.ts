/**
 * The spectrum of K_2 itself: leading eigenvalues of the symmetrised log1p counts, their share of the whole
 * energy, and how far the counts are from symmetric. Paper 54's appendix.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import {
  type SparseMatrix,
  sparseAdd,
  sparseFrobeniusNorm,
  sparseMap,
  sparseTranspose,
} from 'reproducible-paper/numerics/sparse-matrix';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { topEigenpairs } from 'reproducible-paper/numerics/top-eigenpairs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import type { Interval } from './interval.ts';

const negated = (a: SparseMatrix): SparseMatrix => sparseMap(a, (x) => -x);

/** ||M - M^T|| / ||M|| */
const sparseAsymmetry = (m: SparseMatrix): number =>
  sparseFrobeniusNorm(sparseAdd(m, negated(sparseTranspose(m)))) / sparseFrobeniusNorm(m);

/** Up to which eigenvalue energy is printed. */
const ranks = [8, 32, 128, 256] as const;

const energyOf = (values: Float64Array): number => values.reduce((total, x) => total + x * x, 0);

/**
 * What the leading singular values and the whole energy say of (sum sigma)^2 / sum sigma^2: each that is left
 * is at most the last leading one, and their sum is largest when they are equal.
 *
 * @param leading descending [k]
 * @param n how many there are in all
 * @param energy of all
 */
export const effectiveRankBounds = (leading: Float64Array, n: number, energy: number): Interval => {
  const sum = leading.reduce((total, x) => total + x, 0);
  const rest = Math.max(0, energy - energyOf(leading));
  const least = rest > 0 ? rest / leading.at(-1)! : 0;
  const most = Math.sqrt((n - leading.length) * rest);
  return { low: (sum + least) ** 2 / energy, high: (sum + most) ** 2 / energy };
};

interface K2SpectrumOptions {
  /** Leading eigenpairs; single ones near the end of a flat spectrum mean nothing. */
  readonly eigenpairs: number;
  readonly seed: number;
}

/**
 * Narrow blocks leave eigenvalues within 3e-7 of the largest at the paper's size, by a dense solver, where single
 * ones near the end differ by more than that.
 */
const narrowBlocks = { blockSize: 8, blocks: 76 };

interface K2Spectrum {
  /** By measure id. */
  readonly measures: Readonly<Record<string, number>>;
  /** Magnitudes of the leading eigenvalues of the symmetrised M, and its leading singular values, descending. */
  readonly lambda: Float64Array;
  readonly sigma: Float64Array;
}

/**
 * The spectra of M = log1p of counts.
 *
 * @param counts [n, n]; row: earlier token, column: later token
 */
export const k2SpectrumOf = (
  counts: SparseMatrix,
  { eigenpairs, seed }: K2SpectrumOptions,
  la: LinearAlgebra,
): K2Spectrum => {
  const m = weightings.log1p(counts);
  const transposed = sparseTranspose(m);
  const symmetric = sparseMap(sparseAdd(m, transposed), (x) => x / 2);
  const leading = (factors: readonly SparseMatrix[]) =>
    topEigenpairs(factors, Math.min(eigenpairs, m.rows), la, { seed, ...narrowBlocks }).values;
  const lambda = leading([symmetric]).map(Math.abs);
  // Singular values of M itself: eigenvalues of M^T M are their squares.
  const sigma = leading([transposed, m]).map((x) => Math.sqrt(Math.max(0, x)));
  const energies = (name: string, values: Float64Array, whole: number) =>
    Object.fromEntries(ranks.map((k) => [`${name}-${k}`, energyOf(values.subarray(0, k)) / whole]));
  const energy = sparseFrobeniusNorm(symmetric) ** 2;
  const rank = effectiveRankBounds(lambda, m.rows, energy);
  const measures = {
    'lambda-1': lambda[0]!,
    ...energies('energy', lambda, energy),
    'effective-rank-of-leading': effectiveRank(lambda, 'K_2'),
    'effective-rank-at-least': rank.low,
    'effective-rank-at-most': rank.high,
    'sigma-1': sigma[0]!,
    ...energies('sigma-energy', sigma, sparseFrobeniusNorm(m) ** 2),
    'asymmetry-of-counts': sparseAsymmetry(counts),
    'asymmetry-of-log1p': sparseAsymmetry(m),
  };
  return { measures, lambda, sigma };
};

export const k2Spectrum = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'] },
  outputs: { result: 'k2-spectrum.json' },
  params: z.strictObject({
    eigenpairs: z.int().positive().default(256),
    seed: z.int().nonnegative().default(54),
  }),
  run: async ({ params, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { measures, lambda, sigma } = k2SpectrumOf(
      openCounts(inputs.counts.counts).topPairs('k2'),
      params,
      la,
    );
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'k2-spectrum',
        run: null,
        columns: [nameColumn('measure'), numberColumn('value')],
        rows: Object.entries(measures).map(([measure, value]) => ({ measure, value })),
      },
      {
        kind: 'series',
        id: 'neighbour-spectrum',
        columns: [nameColumn('k'), numberColumn('lambda'), numberColumn('sigma')],
        rows: Array.from(lambda, (value, at) => ({ k: at + 1, lambda: value, sigma: sigma[at]! })),
      },
    ]);
  },
});

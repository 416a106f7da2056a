/**
 * Square matrices of independent Gaussian entries over n: ranks as shares of n, leading energy, divergence from the
 * quarter circle and between two draws, asymmetry, and the correlation of two draws. Each cell stands beside its law where
 * one is known.
 */

import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import {
  effectiveRank,
  entropyRank,
  quarterCircleQuantiles,
  spectralDivergence,
  topEnergy,
} from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { asymmetryRatio, meanAbsCorrelation, realShare } from '../laws/correlation.ts';
import * as quarterCircle from '../laws/quarter-circle.ts';
import { drawMatrix, type EntryLaw } from '../matrices/draw-matrix.ts';

/** The leading share of singular values whose energy is measured. */
export const leadingShare = 1 / 8;

/** A figure beside what its law gives. */
export const besideLaw = (value: number, law: number) => ({ value, beside: { law } });

/** What one pair of matrices shows, by column. @param entries of both */
export const squareFigures = (n: number, seed: number, entries: EntryLaw, la: LinearAlgebra): Row => {
  const random = seededRandom(seed, `square/${entries}/${n}`);
  const [a, b] = [drawMatrix(random, n, n, entries), drawMatrix(random, n, n, entries)];
  const [one, two] = la.batchSingularValues([a, b]).map((sigma, at) => ({ name: `draw ${at + 1}`, sigma }));
  const { name, sigma } = one!;
  const law = { name: 'the quarter circle', sigma: quarterCircleQuantiles(n) };
  return {
    'effective-rank': besideLaw(effectiveRank(sigma, name) / n, quarterCircle.effectiveRankShare),
    'entropy-rank': besideLaw(entropyRank(sigma, name) / n, quarterCircle.entropyRankShare),
    'leading-energy': besideLaw(
      topEnergy(sigma, n * leadingShare, name),
      quarterCircle.leadingEnergy(leadingShare),
    ),
    ratio: besideLaw(asymmetryOf(a, name).ratio, asymmetryRatio(n)),
    'real-share': besideLaw(realFraction(la.eigenvalues(a), name), realShare),
    'kl-to-law': spectralDivergence(one!, law),
    'kl-of-two': spectralDivergence(one!, two!),
    'abs-r': besideLaw(Math.abs(pearson(a, b)), meanAbsCorrelation(n * n)),
  };
};

export const squareColumns = [
  numberColumn('effective-rank', 'of n'),
  numberColumn('entropy-rank', 'of n'),
  numberColumn('leading-energy'),
  numberColumn('ratio'),
  numberColumn('real-share'),
  numberColumn('kl-to-law', 'nats'),
  numberColumn('kl-of-two', 'nats'),
  numberColumn('abs-r'),
];

export const squareMatrices = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'square-matrices.json' },
  params: z.strictObject({
    sizes: z.array(z.int().positive().multipleOf(8)).min(1),
    seeds: z.array(z.int().nonnegative()).min(2),
  }),
  run: async ({ params: { sizes, seeds }, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const replicates = seeds.map((seed, done) => {
      report({ done, total: seeds.length });
      return { seed, rows: sizes.map((n): Row => ({ n, ...squareFigures(n, seed, 'gaussian', la) })) };
    });
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'square-matrices',
        run: null,
        columns: [nameColumn('n'), ...squareColumns],
        replicates,
      },
    ]);
  },
});

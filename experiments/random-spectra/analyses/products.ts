/** Products A^T B of two independent Gaussian matrices over n: the form that two unrelated projections make. */

import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { effectiveRank, entropyRank, topEnergy } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { asymmetryRatio, meanRho, realShare } from '../laws/correlation.ts';
import * as fussCatalan from '../laws/fuss-catalan.ts';
import { drawMatrix } from '../matrices/draw-matrix.ts';
import { besideLaw, leadingShare } from './square.ts';

const productFigures = (n: number, seed: number, leading: number, la: LinearAlgebra): Row => {
  const random = seededRandom(seed, `product/${n}`);
  const w = la.multiply(drawMatrix(random, n, n), drawMatrix(random, n, n), { transposeA: true }); // [n, n]
  const sigma = la.singularValues(w);
  const { ratio, rho } = asymmetryOf(w, 'A^T B');
  return {
    'effective-rank': besideLaw(effectiveRank(sigma, 'A^T B') / n, fussCatalan.effectiveRankShare),
    'entropy-rank': besideLaw(entropyRank(sigma, 'A^T B') / n, fussCatalan.entropyRankShare),
    'leading-energy': besideLaw(topEnergy(sigma, n * leadingShare, 'A^T B'), leading),
    ratio: besideLaw(ratio, asymmetryRatio(n)),
    rho: besideLaw(rho, meanRho(n)),
    'real-share': besideLaw(realFraction(la.eigenvalues(w), 'A^T B'), realShare),
  };
};

export const products = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'products.json' },
  params: z.strictObject({
    sizes: z.array(z.int().positive().multipleOf(8)).min(1),
    seeds: z.array(z.int().nonnegative()).min(2),
  }),
  run: async ({ params: { sizes, seeds }, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const leading = fussCatalan.leadingEnergy(leadingShare);
    const replicates = seeds.map((seed, done) => {
      report({ done, total: seeds.length });
      return { seed, rows: sizes.map((n): Row => ({ n, ...productFigures(n, seed, leading, la) })) };
    });
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'products',
        run: null,
        columns: [
          nameColumn('n'),
          numberColumn('effective-rank', 'of n'),
          numberColumn('entropy-rank', 'of n'),
          numberColumn('leading-energy'),
          numberColumn('ratio'),
          numberColumn('rho'),
          numberColumn('real-share'),
        ],
        replicates,
      },
    ]);
  },
});

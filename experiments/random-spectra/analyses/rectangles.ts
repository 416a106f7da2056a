/**
 * Rectangles of m rows over the aspect m / n: what one head's projection is, whose rows are few. All that is measured of
 * square matrices but what asks for eigenvalues or a transpose of the same shape.
 */

import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { marchenkoPasturQuantiles } from 'reproducible-paper/numerics/marchenko-pastur';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import {
  effectiveRank,
  entropyRank,
  spectralDivergence,
  topEnergy,
} from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanAbsCorrelation } from '../laws/correlation.ts';
import * as rectangle from '../laws/rectangle.ts';
import { drawMatrix } from '../matrices/draw-matrix.ts';
import { besideLaw, leadingShare } from './square.ts';

/** What one pair of rectangles [m, n] shows, by column. */
const rectangleFigures = (m: number, n: number, seed: number, la: LinearAlgebra): Row => {
  const random = seededRandom(seed, `rectangle/${m}/${n}`);
  const [a, b] = [drawMatrix(random, m, n), drawMatrix(random, m, n)];
  const one = { name: 'a rectangle', sigma: la.singularValues(a) };
  const two = { name: 'another rectangle', sigma: la.singularValues(b) };
  const law = { name: 'its law', sigma: marchenkoPasturQuantiles(m, n) };
  const { name, sigma } = one;
  return {
    'effective-rank': besideLaw(effectiveRank(sigma, name) / m, rectangle.effectiveRankShare(m / n)),
    'entropy-rank': besideLaw(entropyRank(sigma, name) / m, rectangle.entropyRankShare(m / n)),
    'leading-energy': besideLaw(
      topEnergy(sigma, m * leadingShare, name),
      rectangle.leadingEnergy(m / n, leadingShare),
    ),
    'kl-to-law': spectralDivergence(one, law),
    'kl-of-two': spectralDivergence(one, two),
    'abs-r': besideLaw(Math.abs(pearson(a, b)), meanAbsCorrelation(m * n)),
  };
};

export const rectangles = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'rectangles.json' },
  params: z.strictObject({
    n: z.int().positive(),
    rows: z.array(z.int().positive().multipleOf(8)).min(1),
    seeds: z.array(z.int().nonnegative()).min(2),
  }),
  run: async ({ params: { n, rows, seeds }, outputs }) => {
    const la = await loadLinearAlgebra();
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'rectangles',
        run: null,
        columns: [
          nameColumn('rows'),
          numberColumn('aspect'),
          numberColumn('effective-rank', 'of the rows'),
          numberColumn('entropy-rank', 'of the rows'),
          numberColumn('leading-energy'),
          numberColumn('kl-to-law', 'nats'),
          numberColumn('kl-of-two', 'nats'),
          numberColumn('abs-r'),
        ],
        replicates: seeds.map((seed) => ({
          seed,
          rows: rows.map((m): Row => ({ rows: m, aspect: m / n, ...rectangleFigures(m, n, seed, la) })),
        })),
      },
      { kind: 'value', id: 'rectangles-width', unit: null, value: n },
    ]);
  },
});

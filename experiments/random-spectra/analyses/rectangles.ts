/** Rectangles of m rows over the aspect m / n: what one head's projection is, whose rows are few. */

import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { effectiveRank, entropyRank } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import * as rectangle from '../laws/rectangle.ts';
import { drawMatrix } from '../matrices/draw-matrix.ts';
import { besideLaw } from './square.ts';

const rectangleFigures = (m: number, n: number, seed: number, la: LinearAlgebra): Row => {
  const sigma = la.singularValues(drawMatrix(seededRandom(seed, `rectangle/${m}/${n}`), m, n));
  return {
    'effective-rank': besideLaw(effectiveRank(sigma, 'a rectangle') / m, rectangle.effectiveRankShare(m / n)),
    'entropy-rank': besideLaw(entropyRank(sigma, 'a rectangle') / m, rectangle.entropyRankShare(m / n)),
  };
};

export const rectangles = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { result: 'rectangles.json' },
  params: z.strictObject({
    n: z.int().positive(),
    rows: z.array(z.int().positive()).min(1),
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

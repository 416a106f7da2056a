/** Rectangles of m rows over the aspect m / n: what one head's projection is, whose rows are few. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { loadLinearAlgebra } from '../../../src/numerics/load-linear-algebra.ts';
import { seededRandom } from '../../../src/numerics/seeded-random.ts';
import { effectiveRank, entropyRank } from '../../../src/numerics/spectrum.ts';
import { nameColumn, numberColumn, type Row, writeResults } from '../../../src/results/index.ts';
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

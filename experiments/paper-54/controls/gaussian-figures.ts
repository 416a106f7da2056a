/**
 * Null N2 at full draws: what Gaussian matrices of the run's shape give for invariants 1, 3 and 4, of the whole and of one
 * head. Free of scale, so one set of draws serves every layer and seed; the first of them are made again where they are read.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import type { NullSummary } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { ranksOf } from '../analyses/rank-figures.ts';
import { twinningFigures, twinningOfHead } from '../analyses/twinning-figures.ts';
import { type AttentionWeights, headRows } from '../model/attention-weights.ts';
import type { Figures } from './null-draws.ts';
import { requireKept } from './require-kept.ts';

const schema = z.strictObject({
  draws: z.int().positive(),
  seed: z.int(),
  dModel: z.int(),
  nHeads: z.int(),
  figures: z.record(
    z.string(),
    z.strictObject({ low: z.number(), high: z.number(), mean: z.number(), sd: z.number() }),
  ),
  first: z.record(z.string(), z.number()),
});

export type GaussianFigures = z.output<typeof schema>;

/** The first head's: the heads of a Gaussian matrix are all alike. */
const headForm = ({ q, k, nHeads }: AttentionWeights, la: LinearAlgebra): Matrix =>
  la.multiply(headRows(q, nHeads, 0), headRows(k, nHeads, 0), { transposeA: true });

const drawOf = (
  { dModel: n, nHeads, seed }: Pick<GaussianFigures, 'dModel' | 'nHeads' | 'seed'>,
  draw: number,
  la: LinearAlgebra,
): Figures => {
  const random = seededRandom(seed, `gaussian/${n}/${draw}`);
  const [q, k, v] = [0, 1, 2].map(() => matrix(n, n, random.normals(n * n))) as [Matrix, Matrix, Matrix];
  const weights: AttentionWeights = { layer: draw, nHeads, q, k, v };
  const w = la.multiply(q, k, { transposeA: true });
  const head = headForm(weights, la);
  return {
    ...twinningFigures(weights, la),
    ...ranksOf(la.singularValues(la.multiply(q, k, { transposeB: true })), 'Q K^T'),
    rho: asymmetryOf(w, 'Q^T K').rho,
    'real-fraction': realFraction(la.eigenvalues(w), 'Q^T K'),
    'head-rho': asymmetryOf(head, 'Q_h^T K_h').rho,
    'head-effective-rank': effectiveRank(la.singularValues(head), 'Q_h^T K_h'),
    ...Object.fromEntries(
      Object.entries(twinningOfHead(weights, 0, la)).map(([id, figure]) => [`head-${id}`, figure]),
    ),
  };
};

export const gaussianFigures = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { figures: 'gaussian-figures.json' },
  params: z.strictObject({
    dModel: z.int().positive(),
    nHeads: z.int().positive(),
    draws: z.int().min(2),
    seed: z.int().nonnegative(),
  }),
  run: async ({ params: { draws, ...of }, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const drawn: Figures[] = [];
    for (let draw = 0; draw < draws; draw += 1) {
      drawn.push(drawOf(of, draw, la));
      report({ done: draw + 1, total: draws });
    }
    const found: GaussianFigures = {
      ...of,
      draws,
      figures: Object.fromEntries(
        Object.keys(drawn[0]!).map((id) => [id, summariseNull(drawn.map((figures) => figures[id]!))]),
      ),
      first: drawn[0]!,
    };
    writeFileSync(outputs.figures, JSON.stringify(schema.parse(found)));
  },
});

/** Another library's decompositions move no figure by as much; divergences are small differences of logarithms. */
const tolerance = 1e-8;

/**
 * What the stage kept, after its first draw was made again.
 *
 * @throws KeptDiffers
 */
export const readGaussianFigures = (path: string, la: LinearAlgebra): GaussianFigures => {
  const kept = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  for (const [id, figure] of Object.entries(drawOf(kept, 0, la))) {
    const before = kept.first[id];
    requireKept({
      stage: 'gaussian-figures',
      what: `${id} of draw 0`,
      kept: before,
      again: figure,
      tolerance: tolerance * Math.max(Math.abs(before ?? 0), 1e-3),
    });
  }
  return kept;
};

/** @throws Error where the stage computes no such figure: a fault of ours */
export const gaussianSummary = ({ figures }: GaussianFigures, id: string): NullSummary => {
  const found = figures[id];
  if (!found) throw new Error(`internal: no draws of ${id}`);
  return found;
};

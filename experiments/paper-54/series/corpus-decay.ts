/** The spectrum of the series' T, P(next | token), by Paper 55's measures, and of the same tokens in random order. */
import { writeFileSync } from 'node:fs';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import {
  type SparseMatrix,
  sparseFrobeniusNorm,
  sparseFromTriplets,
  sparseTranspose,
  sparseTriplets,
} from 'reproducible-paper/numerics/sparse-matrix';
import { topEigenpairs } from 'reproducible-paper/numerics/top-eigenpairs';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { pairCounts } from '../cooccurrence/pair-counts.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { rowNormalised } from './series-views.ts';

/** Least squares of y on 0, 1, 2, …. */
export const fitLine = (y: readonly number[]): { readonly slope: number; readonly rSquared: number } => {
  const n = y.length;
  const [centre, mean] = [(n - 1) / 2, y.reduce((sum, value) => sum + value, 0) / n];
  let [xx, xy, yy] = [0, 0, 0];
  y.forEach((value, x) => {
    xx += (x - centre) ** 2;
    xy += (x - centre) * (value - mean);
    yy += (value - mean) ** 2;
  });
  return { slope: xy / xx, rSquared: xy ** 2 / (xx * yy) };
};

/** <T, T^T> / ||T||^2 */
const sparseRho = (m: SparseMatrix): number => {
  const { rows, cols, values } = sparseTriplets(m);
  const at = new Map<number, number>();
  values.forEach((value, i) => {
    at.set(rows[i]! * m.cols + cols[i]!, value);
  });
  let product = 0;
  values.forEach((value, i) => {
    product += value * (at.get(cols[i]! * m.cols + rows[i]!) ?? 0);
  });
  return product / sparseFrobeniusNorm(m) ** 2;
};

const schema = z.record(z.string(), z.strictObject({ ours: z.number(), shuffled: z.number() }));

export const parseDecay = (text: string): z.output<typeof schema> => schema.parse(JSON.parse(text));

/** sigma_i falls by `decay` a mode: exp of the slope of its logarithm; alpha is that slope's size. */
const measuresOf = (counts: SparseMatrix, modes: number, la: LinearAlgebra) => {
  const t = rowNormalised(counts);
  const squares = topEigenpairs([sparseTranspose(t), t], Math.min(modes, t.rows), la, { seed: 54 }).values;
  const sigma = Array.from(squares, (x) => Math.sqrt(Math.max(0, x)));
  const { slope, rSquared } = fitLine(sigma.map(Math.log));
  const sum = (power: number) => sigma.reduce((total, x) => total + x ** power, 0);
  return {
    'spectrum-decay': Math.exp(slope),
    'spectrum-alpha': -slope,
    'spectrum-fit': rSquared,
    'spectrum-participation': sum(1) ** 2 / sum(2),
    'spectrum-energy-participation': sum(2) ** 2 / sum(4),
    'corpus-antisymmetric-share': Math.sqrt((1 - sparseRho(t)) / 2),
  };
};

export const corpusDecay = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], tokens: ['tokens'] },
  outputs: { decay: 'corpus-decay.json' },
  params: z.strictObject({
    /** Leading singular values, as many as Paper 55 takes. */
    modes: z.int().min(3).default(100),
    seed: z.int().nonnegative(),
  }),
  run: async ({ params: { modes, seed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { top, statisticsTokens, vocabSize, topPairs } = openCounts(inputs.counts.counts);
    const placeOf = new Int32Array(vocabSize).fill(-1);
    top.forEach((id, place) => {
      placeOf[id] = place;
    });
    const ids = openTokens(inputs.tokens.tokens).part('train').slice(0, statisticsTokens);
    const shuffled = Int32Array.from(
      seededRandom(seed, 'shuffled-text').shuffle([...ids]),
      (id) => placeOf[id]!,
    );
    const random = sparseFromTriplets(top.length, top.length, pairCounts(shuffled, top.length, 1));
    const ours = measuresOf(topPairs('k2'), modes, la);
    const without = measuresOf(random, modes, la);
    writeFileSync(
      outputs.decay,
      JSON.stringify(
        schema.parse(
          Object.fromEntries(
            Object.entries(ours).map(([id, value]) => [
              id,
              { ours: value, shuffled: without[id as keyof typeof without] },
            ]),
          ),
        ),
      ),
    );
  },
});

/**
 * Asymmetry and rank of each head's own form B_h = Q_h^T K_h. Its eigenvalues that are not zero are those of
 * K_h Q_h^T [dHead, dHead].
 */
import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Figures, readGaussianNull, summariesOf } from '../controls/gaussian-null.ts';
import { type AttentionWeights, attentionWeightsOf, headRows } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';
import { asymmetryColumns } from './asymmetry.ts';

export const headTable = 'asymmetry-by-head';

const columns = [...asymmetryColumns, numberColumn('effective-rank')];

/**
 * The singular values of B_h = Q_h^T K_h that are not zero: with Q_h Q_h^T = X D X^T they are those of
 * D^{1/2} X^T K_h, which is dHead rows high instead of n.
 *
 * @param qh [dHead, n]
 * @param kh [dHead, n]
 * @returns [dHead], descending
 */
const formSpectrum = (qh: Matrix, kh: Matrix, la: LinearAlgebra): Float64Array => {
  const { values, vectors } = la.symmetricEigen(la.multiply(qh, qh, { transposeB: true })); // [dHead, dHead]
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const scaled = { ...vectors, data: vectors.data.map((x, at) => x * roots[at % roots.length]!) };
  return la.singularValues(la.multiply(scaled, kh, { transposeA: true })); // of [dHead, n]
};

/** One head's figures by column id. */
export const headFigures = (
  { layer, nHeads, q, k }: AttentionWeights,
  head: number,
  la: LinearAlgebra,
): Figures => {
  const [qh, kh] = [headRows(q, nHeads, head), headRows(k, nHeads, head)]; // [dHead, n]
  const b = la.multiply(qh, kh, { transposeA: true }); // [n, n]
  const core = la.multiply(kh, qh, { transposeB: true }); // [dHead, dHead]
  return aboutMatrix(`layer ${layer}, head ${head}`, () => ({
    ...asymmetryOf(b, 'Q_h^T K_h'),
    'real-fraction': realFraction(la.eigenvalues(core), 'Q_h^T K_h'),
    'effective-rank': effectiveRank(formSpectrum(qh, kh, la), 'Q_h^T K_h'),
  }));
};

export const asymmetryByHead = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], null: ['figures'] },
  outputs: { result: 'asymmetry-by-head.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const { nHeads } = layers[0]!;
    const kept = readGaussianNull(inputs.null.figures);
    const nulls = summariesOf(kept, headTable, (draw) => headFigures(draw, 0, la));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: headTable,
        run: 'v1',
        keys: ['layer', 'head'],
        columns: [nameColumn('layer'), nameColumn('head'), ...columns],
        rows: layers.flatMap((weights, index) => {
          report({ done: index, total: layers.length });
          return Array.from({ length: nHeads }, (_, head) => ({
            layer: weights.layer,
            head,
            ...Object.fromEntries(
              Object.entries(headFigures(weights, head, la)).map(([id, value]) => [
                id,
                { value, null: nulls[id]! },
              ]),
            ),
          }));
        }),
        nullDraws: kept.draws,
      },
    ]);
  },
});

/**
 * Asymmetry and rank of each head's own form B_h = Q_h^T K_h. Its eigenvalues that are not zero are those of
 * K_h Q_h^T [dHead, dHead].
 */
import { defineStage } from '../../../src/engine/define-stage.ts';
import type { LinearAlgebra } from '../../../src/tensor/linear-algebra.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { gaussianTriples } from '../controls/gaussian-null.ts';
import { type AttentionWeights, attentionWeightsOf, headRows } from '../model/attention-weights.ts';
import { asymmetryColumns, asymmetryOf, realFraction } from './asymmetry.ts';
import { type LayerFigures, nullParams } from './layer-table.ts';
import { fixed, layerColumn, nullColumns, nullFigures, numberColumn, writeResults } from './result-file.ts';
import { effectiveRank } from './spectrum.ts';

const columns = [...asymmetryColumns, numberColumn('effective-rank', 'effective rank', fixed(1))];

/** One head's figures by column id. */
const headFigures = ({ nHeads, q, k }: AttentionWeights, head: number, la: LinearAlgebra): LayerFigures => {
  const [qh, kh] = [headRows(q, nHeads, head), headRows(k, nHeads, head)]; // [dHead, n]
  const b = la.multiply(qh, kh, { transposeA: true }); // [n, n]
  const core = la.multiply(kh, qh, { transposeB: true }); // [dHead, dHead]
  return {
    ...asymmetryOf(b),
    'real-fraction': realFraction(la.eigenvalues(core)),
    'effective-rank': effectiveRank(la.singularValues(b).slice(0, qh.rows), `B of head ${head}`),
  };
};

export const asymmetryByHead = defineStage({
  module: import.meta.url,
  exportName: 'asymmetryByHead',
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'asymmetry-by-head.json' },
  params: nullParams,
  run: async ({ params, inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const { q, nHeads } = layers[0]!;
    const drawn = gaussianTriples(q.rows, nHeads, params.nullDraws, params.nullSeed).map((draw) =>
      headFigures(draw, 0, la),
    );
    const nulls: LayerFigures = Object.assign(
      {},
      ...columns.map(({ id }) =>
        nullFigures(
          id,
          drawn.map((figures) => figures[id]!),
        ),
      ),
    );
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'asymmetry-by-head',
          run: 'v1',
          keys: ['layer', 'head'],
          columns: [
            layerColumn,
            { ...layerColumn, id: 'head', label: 'head' },
            ...columns,
            ...columns.flatMap(nullColumns),
          ],
          rows: layers.flatMap((weights) =>
            Array.from({ length: nHeads }, (_, head) => ({
              layer: weights.layer,
              head,
              ...headFigures(weights, head, la),
              ...nulls,
            })),
          ),
          nullModel: `${params.nullDraws} heads of Gaussian matrices; the interval holds the middle 95 %`,
        },
      ],
    });
  },
});

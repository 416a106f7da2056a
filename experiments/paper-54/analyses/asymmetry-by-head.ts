/**
 * The same per head, of B_h = Q_h^T K_h. Its eigenvalues that are not zero are those of K_h Q_h^T [dHead, dHead].
 */

import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { attentionWeightsOf, headRows } from '../model/attention-weights.ts';
import { asymmetryColumns, asymmetryOf, realFraction } from './asymmetry.ts';
import { count, fixed, layerColumn, numberColumn, writeResults } from './result-file.ts';
import { effectiveRank } from './spectrum.ts';

export const asymmetryByHead = defineStage({
  module: import.meta.url,
  exportName: 'asymmetryByHead',
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'asymmetry-by-head.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'asymmetry-by-head',
          run: 'v1',
          keys: ['layer', 'head'],
          columns: [
            layerColumn,
            { ...layerColumn, id: 'head', label: 'head', format: count },
            ...asymmetryColumns,
            numberColumn('effective-rank', 'effective rank', fixed(1)),
          ],
          rows: layers.flatMap(({ layer, nHeads, q, k }) =>
            Array.from({ length: nHeads }, (_, head) => {
              const [qh, kh] = [headRows(q, nHeads, head), headRows(k, nHeads, head)]; // [dHead, n]
              const b = la.multiply(qh, kh, { transposeA: true }); // [n, n]
              const core = la.multiply(kh, qh, { transposeB: true }); // [dHead, dHead]
              return {
                layer,
                head,
                ...asymmetryOf(b),
                'real-fraction': realFraction(la.eigenvalues(core)),
                'effective-rank': effectiveRank(la.singularValues(b).slice(0, qh.rows)),
              };
            }),
          ),
          nullModel: null,
        },
      ],
    });
  },
});

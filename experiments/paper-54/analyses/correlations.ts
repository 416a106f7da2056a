/** Whether Q, K or V correlate with any view of the corpus: Pearson r of flattened matrices. Paper 54's question. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { readSafetensors } from '../../../src/numerics/safetensors.ts';
import type { Column } from '../../../src/results/result-schema.ts';
import { openGaussianDraws } from '../controls/gaussian-draws.ts';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { averagedDraws, correlateLayers, type LayerCorrelations } from './correlate-layers.ts';
import {
  layerColumn,
  nullColumns,
  nullFigures,
  numberColumn,
  signed,
  wordColumn,
  writeResults,
} from './result-file.ts';

const matrixColumn = wordColumn('matrix', 'matrix');

const viewColumns: readonly Column[] = [
  numberColumn('k2', '$K_2$', signed(4)),
  numberColumn('k2-t', '$K_2^\\top$', signed(4)),
  numberColumn('k3', '$K_3$', signed(4)),
  numberColumn('k3-skip', '$K_3$ skip', signed(4)),
  numberColumn('ete', '$E^\\top E$', signed(4)),
  numberColumn('identity', '$I$', signed(4)),
  numberColumn('window', 'window', signed(4)),
  numberColumn('k2-attention', '$K_2$ by attention', signed(4)),
  numberColumn('k2-attention-t', 'its transpose', signed(4)),
];

const columns = [...viewColumns, ...viewColumns.flatMap(nullColumns)];

const byLayerRow = ({ layer, matrix, r, nullDraws }: LayerCorrelations) => ({
  matrix: matrix.toUpperCase(),
  layer,
  ...Object.assign(
    {},
    ...viewColumns.map(({ id }) => ({
      [id]: r[id]!,
      ...nullFigures(
        id,
        nullDraws.map((draw) => draw[id]!),
      ),
    })),
  ),
});

const meanRow = (matrix: string, ofMatrix: readonly LayerCorrelations[]) => ({
  matrix: matrix.toUpperCase(),
  ...Object.assign(
    {},
    ...viewColumns.map(({ id }) => {
      const mean = ofMatrix.reduce((sum, { r }) => sum + r[id]!, 0) / ofMatrix.length;
      const draws = averagedDraws(ofMatrix.map(({ nullDraws }) => nullDraws.map((draw) => draw[id]!)));
      return { [id]: mean, ...nullFigures(id, draws) };
    }),
  ),
});

/**
 * Both tables of correlations: every layer, and the mean over layers that the paper prints. What they are made of,
 * draw by draw, is kept for the ten tests.
 */
export const correlations = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], views: ['views'], gaussian: ['draws'] },
  outputs: { result: 'correlations.json', found: 'correlations-found.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const { count, triples } = openGaussianDraws(inputs.gaussian.draws);
    const found = correlateLayers(layers, readSafetensors(inputs.views.views), triples());
    writeFileSync(outputs.found, JSON.stringify(found));
    const nullModel = `${count} Gaussian matrices in the place of Q, K and V; the interval holds the middle 95 %`;
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'mean-correlations',
          run: 'v1, mean over layers',
          columns: [matrixColumn, ...columns],
          rows: matrixNames.map((name) =>
            meanRow(
              name,
              found.filter(({ matrix }) => matrix === name),
            ),
          ),
          nullModel,
        },
        {
          kind: 'table',
          id: 'correlations-by-layer',
          run: 'v1',
          keys: ['matrix', 'layer'],
          columns: [matrixColumn, layerColumn, ...columns],
          rows: matrixNames.flatMap((name) => found.filter(({ matrix }) => matrix === name).map(byLayerRow)),
          nullModel,
        },
      ],
    });
  },
});

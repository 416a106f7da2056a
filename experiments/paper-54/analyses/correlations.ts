/** Whether Q, K or V correlate with any view of the corpus: Pearson r of flattened matrices. Paper 54's question. */
import { writeFileSync } from 'node:fs';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type Column, nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanLaw } from '../controls/exact-correlation.ts';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { correlateLayers, type LayerCorrelations } from './correlate-layers.ts';

const matrixColumn = nameColumn('matrix');

const viewColumns: readonly Column[] = [
  numberColumn('k2'),
  numberColumn('k2-t'),
  numberColumn('k3'),
  numberColumn('k3-skip'),
  numberColumn('ete'),
  numberColumn('identity'),
  numberColumn('window'),
  numberColumn('k2-attention'),
  numberColumn('k2-attention-t'),
];

const byLayerRow = ({ layer, matrix, r }: LayerCorrelations, entries: number) => ({
  matrix: matrix.toUpperCase(),
  layer,
  ...Object.fromEntries(viewColumns.map(({ id }) => [id, { value: r[id]!, null: meanLaw(entries, 1) }])),
});

/** The mean over layers, beside the law of independent matrices of so many entries. */
const meanRow = (matrix: string, ofMatrix: readonly LayerCorrelations[], entries: number) => ({
  matrix: matrix.toUpperCase(),
  ...Object.assign(
    {},
    ...viewColumns.map(({ id }) => {
      const mean = ofMatrix.reduce((sum, { r }) => sum + r[id]!, 0) / ofMatrix.length;
      return { [id]: { value: mean, null: meanLaw(entries, ofMatrix.length) } };
    }),
  ),
});

/**
 * Both tables of correlations: every layer, and the mean over layers that the paper prints, each beside the law of Gaussian
 * matrices. What they are made of is kept for the ten tests.
 */
export const correlations = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], views: ['views'] },
  outputs: { result: 'correlations.json', found: 'correlations-found.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs, report }) => {
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const found = correlateLayers(layers, readSafetensors(inputs.views.views), (done) =>
      report({ done, total: layers.length }),
    );
    const entries = layers[0]!.q.data.length;
    writeFileSync(outputs.found, JSON.stringify(found));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'mean-correlations',
        run: 'v1, mean over layers',
        columns: [matrixColumn, ...viewColumns],
        rows: matrixNames.map((name) =>
          meanRow(
            name,
            found.filter(({ matrix }) => matrix === name),
            entries,
          ),
        ),
      },
      {
        kind: 'table',
        id: 'correlations-by-layer',
        run: 'v1',
        keys: ['matrix', 'layer'],
        columns: [matrixColumn, nameColumn('layer'), ...viewColumns],
        rows: matrixNames.flatMap((name) =>
          found.filter(({ matrix }) => matrix === name).map((of) => byLayerRow(of, entries)),
        ),
      },
    ]);
  },
});

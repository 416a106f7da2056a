/** Figures that the companion papers print, ours beside them, and what chance gives. */

import { readFileSync } from 'node:fs';
import { asymmetryOf } from 'reproducible-paper/numerics/asymmetry';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { parseDecay } from './corpus-decay.ts';

/** What the papers print, by figure: the paper's number and its figure; none where it prints no number. */
const printed: Readonly<Record<string, readonly [string, number | null]>> = {
  'antisymmetric-share': ['57', 0.675],
  'corpus-antisymmetric-share': ['57', 70.7 / 100],
  'spectrum-decay': ['55', 0.978],
  'spectrum-alpha': ['55', 0.022],
  'spectrum-fit': ['55', 0.74],
  'spectrum-participation': ['55', 23.7],
  'spectrum-energy-participation': ['55', 23.7],
  // Of the eight layers' printed cosines, the root of the mean square.
  'cosine-kernel': ['75', 0.0066],
  'cosine-form': ['75', 0.0066],
  'embedding-participation': ['65', 1],
  'image-symmetric-participation': ['65', 1.01],
  'image-antisymmetric-participation': ['65', 2],
  'identity-share': ['123', null],
};

const trace = ({ rows: n, data }: Matrix): number =>
  Array.from({ length: n }, (_, i) => data[i * n + i]!).reduce((sum, x) => sum + x, 0);

export const seriesFigures = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { run: ['weights'], embedding: ['embedding'], views: ['result'], decay: ['decay'] },
  outputs: { result: 'series-figures.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.run.weights));
    const rows = matrixOf(readSafetensors(inputs.embedding.embedding), 'rows');
    const [tokens, n] = [rows.rows, rows.cols];
    const view = readTable(inputs.views.result, 'series-views').replicates[0]!.rows.find(
      (row) => row['form'] === 'series' && row['view'] === 'k2',
    )!;
    const c = la.multiply(rows, rows, { transposeA: true });
    const energy = innerProduct(c, c);
    const half = Math.SQRT1_2;
    /** Ours, and what chance gives. */
    const found: Readonly<Record<string, readonly [number, number | null]>> = {
      'antisymmetric-share': [
        mean(
          layers.map(({ q, k }) =>
            Math.sqrt((1 - asymmetryOf(la.multiply(q, k, { transposeA: true }), 'Q^T K').rho) / 2),
          ),
        ),
        half,
      ],
      ...Object.fromEntries(
        Object.entries(parseDecay(readFileSync(inputs.decay.decay, 'utf8'))).map(([id, figures]) => [
          id,
          [figures.ours, figures.shuffled] as const,
        ]),
      ),
      // Of two matrices of which one is turned by Haar matrices on both sides the mean square is 1/n^2.
      'cosine-kernel': [Number(view['cosine-kernel']), 1 / n],
      'cosine-form': [Number(view['cosine-form']), 1 / n],
      // Of E^T E's eigenvalues; of a Gaussian E, n V / (V + n).
      'embedding-participation': [trace(c) ** 2 / energy, (n * tokens) / (tokens + n)],
      'image-symmetric-participation': [Number(view['symmetric-participation']), null],
      'image-antisymmetric-participation': [Number(view['antisymmetric-participation']), null],
      // cos^2 of E E^T with the identity: n/V at most; of a Gaussian E, n / (V + n + 1).
      'identity-share': [trace(c) ** 2 / (tokens * energy), n / (tokens + n + 1)],
    };
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'series-figures',
        run: 'v1',
        columns: [
          nameColumn('figure'),
          nameColumn('paper'),
          numberColumn('ours'),
          numberColumn('theirs'),
          numberColumn('chance'),
          numberColumn('bound'),
        ],
        rows: Object.entries(printed).map(([figure, [paper, theirs]]): Row => {
          const [ours, chance] = found[figure]!;
          return {
            figure,
            paper,
            ours,
            theirs,
            chance,
            bound: figure === 'identity-share' ? n / tokens : null,
          };
        }),
      },
    ]);
  },
});

/** The conjecture in ten tests: the mean over layers of |r|, each beside the same of Gaussian matrices. */
import { defineStage } from '../../../src/engine/define-stage.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { gaussianTriples } from '../controls/gaussian-null.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { averagedDraws, correlateLayers, type MatrixName } from './correlate-layers.ts';
import { nullParams } from './layer-table.ts';
import { pearson } from './pearson.ts';
import { fixed, nullColumns, nullFigures, numberColumn, wordColumn, writeResults } from './result-file.ts';

/** Test id -> matrix and view. */
const viewTests: Readonly<Record<string, readonly [MatrixName, string]>> = {
  'q-k2': ['q', 'k2'],
  'q-k2-t': ['q', 'k2-t'],
  'q-k3': ['q', 'k3'],
  'k-k2-t': ['k', 'k2-t'],
  'v-k3': ['v', 'k3'],
  'v-k3-skip': ['v', 'k3-skip'],
  'q-k2-attention': ['q', 'k2-attention'],
  'k-k2-attention-t': ['k', 'k2-attention-t'],
};

/** What the conjecture says each matrix is, and the test that asks it. */
const conjecture = [
  { matrix: 'Q', view: 'K_2 weighted by the attention pattern', test: 'q-k2-attention' },
  { matrix: 'K', view: 'K_2 transposed (reverse co-occurrence)', test: 'k-k2-t' },
  { matrix: 'V', view: 'K_3 and higher orders', test: 'v-k3' },
] as const;

/** Above this chance of a Gaussian matrix doing as well, a correlation is not called significant. */
const significance = 0.05;

interface Test {
  readonly test: string;
  readonly meanAbsR: number;
  /** The mean |r| over as many layers, of Gaussian matrices. */
  readonly nullDraws: readonly number[];
}

const meanAbs = (numbers: readonly number[]): number =>
  numbers.reduce((sum, x) => sum + Math.abs(x), 0) / numbers.length;

/** One-sided: a share of draws at least as large, never zero (Phipson and Smyth 2010). */
const upperP = (figure: number, draws: readonly number[]): number =>
  (draws.filter((draw) => draw >= figure).length + 1) / (draws.length + 1);

const meanAbsColumn = numberColumn('mean-abs-r', 'mean $|r|$', fixed(4));

const figuresOf = ({ meanAbsR, nullDraws }: Test) => ({
  'mean-abs-r': meanAbsR,
  ...nullFigures('mean-abs-r', nullDraws),
});

export const summaryCorrelations = defineStage({
  module: import.meta.url,
  exportName: 'summaryCorrelations',
  kind: 'numeric',
  inputs: { v1: ['weights'], ctSft: ['weights'], views: ['views'] },
  outputs: { result: 'summary-correlations.json' },
  params: nullParams,
  run: ({ params, inputs, outputs }) => {
    const v1 = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const sft = attentionWeightsOf(readSafetensors(inputs.ctSft.weights));
    const found = correlateLayers(v1, readSafetensors(inputs.views.views), params);
    const ofViews = Object.entries(viewTests).map(([test, [matrix, view]]): Test => {
      const ofMatrix = found.filter((correlation) => correlation.matrix === matrix);
      return {
        test,
        meanAbsR: meanAbs(ofMatrix.map(({ r }) => r[view]!)),
        nullDraws: averagedDraws(
          ofMatrix.map(({ nullDraws }) => nullDraws.map((draw) => Math.abs(draw[view]!))),
        ),
      };
    });
    const draws = gaussianTriples(v1[0]!.q.rows, v1[0]!.nHeads, params.nullDraws, params.nullSeed);
    const ofRuns = (['q', 'v'] as const).map(
      (matrix): Test => ({
        test: `sft-${matrix}-v1-${matrix}`,
        meanAbsR: meanAbs(v1.map((layer, index) => pearson(sft[index]![matrix], layer[matrix]))),
        nullDraws: averagedDraws(
          v1.map((layer) => draws.map((draw) => Math.abs(pearson(draw[matrix], layer[matrix])))),
        ),
      }),
    );
    const tests = [...ofViews, ...ofRuns];
    const nullModel = `mean |r| over as many Gaussian matrices, ${params.nullDraws} times; the interval holds the middle 95 %`;
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'summary-correlations',
          run: 'v1 and ct-sft',
          columns: [
            wordColumn('test', 'test'),
            meanAbsColumn,
            wordColumn('significant', 'significant'),
            numberColumn('p', '$p$', fixed(2)),
            ...nullColumns(meanAbsColumn),
          ],
          rows: tests.map((test) => {
            const p = upperP(test.meanAbsR, test.nullDraws);
            return { test: test.test, ...figuresOf(test), significant: p <= significance ? 'yes' : 'no', p };
          }),
          nullModel,
        },
        {
          kind: 'table',
          id: 'conjecture',
          run: 'v1',
          columns: [
            wordColumn('matrix', 'weight matrix'),
            wordColumn('view', 'conjectured corpus view'),
            meanAbsColumn,
            ...nullColumns(meanAbsColumn),
          ],
          rows: conjecture.map(({ matrix, view, test }) => ({
            matrix,
            view,
            ...figuresOf(tests.find((candidate) => candidate.test === test)!),
          })),
          nullModel,
        },
      ],
    });
  },
});

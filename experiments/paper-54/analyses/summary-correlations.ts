/** The conjecture in ten tests: the mean over layers of |r|, each beside the same of Gaussian matrices. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { averagedDraws, type LayerCorrelations, parseLayerCorrelations } from './correlate-layers.ts';
import { fixed, nullColumns, nullFigures, numberColumn, wordColumn, writeResults } from './result-file.ts';

/** Test id -> matrix, what it is correlated with, and both as the page prints them. */
const tests: Readonly<Record<string, readonly [LayerCorrelations['matrix'], string, string]>> = {
  'q-k2': ['q', 'k2', 'Q and K₂'],
  'q-k2-t': ['q', 'k2-t', 'Q and K₂ᵀ'],
  'q-k3': ['q', 'k3', 'Q and K₃'],
  'k-k2-t': ['k', 'k2-t', 'K and K₂ᵀ'],
  'v-k3': ['v', 'k3', 'V and K₃'],
  'v-k3-skip': ['v', 'k3-skip', 'V and K₃ skip'],
  'q-k2-attention': ['q', 'k2-attention', 'Q and K₂ by attention'],
  'k-k2-attention-t': ['k', 'k2-attention-t', 'K and the same, transposed'],
  'sft-q-v1-q': ['q', 'v1', 'Q of CT+SFT and Q of V1'],
  'sft-v-v1-v': ['v', 'v1', 'V of CT+SFT and V of V1'],
};

const testWords = Object.fromEntries(Object.entries(tests).map(([test, [, , words]]) => [test, words]));

/** What the conjecture says each matrix is, and the test that asks it. */
const conjecture = [
  { matrix: 'Q', view: 'K₂ weighted by the attention pattern', test: 'q-k2-attention' },
  { matrix: 'K', view: 'K₂ transposed (reverse co-occurrence)', test: 'k-k2-t' },
  { matrix: 'V', view: 'K₃ and higher orders', test: 'v-k3' },
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
  kind: 'numeric',
  inputs: { correlations: ['found'], nonUniqueness: ['found'] },
  outputs: { result: 'summary-correlations.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const read = (path: string) => parseLayerCorrelations(readFileSync(path, 'utf8'));
    const ofViews = read(inputs.correlations.found);
    const ofRuns = read(inputs.nonUniqueness.found);
    const tested = Object.entries(tests).map(([test, [matrix, view]]): Test => {
      const ofMatrix = (view === 'v1' ? ofRuns : ofViews).filter((found) => found.matrix === matrix);
      return {
        test,
        meanAbsR: meanAbs(ofMatrix.map(({ r }) => r[view]!)),
        nullDraws: averagedDraws(
          ofMatrix.map(({ nullDraws }) => nullDraws.map((draw) => Math.abs(draw[view]!))),
        ),
      };
    });
    const nullModel = `mean |r| over as many Gaussian matrices, ${tested[0]!.nullDraws.length} times; the interval holds the middle 95 %`;
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'summary-correlations',
          run: 'v1 and ct-sft',
          columns: [
            wordColumn('test', 'test', testWords),
            meanAbsColumn,
            wordColumn('significant', 'significant'),
            numberColumn('p', '$p$', fixed(2)),
            ...nullColumns(meanAbsColumn),
          ],
          rows: tested.map((test) => {
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
            ...figuresOf(tested.find((candidate) => candidate.test === test)!),
          })),
          nullModel,
        },
      ],
    });
  },
});

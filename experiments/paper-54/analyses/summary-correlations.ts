/** The conjecture in ten tests: the mean over layers of |r|, each beside the same of Gaussian matrices. */
import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstNull } from '../controls/against-null.ts';
import { averagedDraws, type LayerCorrelations, parseLayerCorrelations } from './correlate-layers.ts';

/** Test id -> matrix, and what it is correlated with. */
const tests: Readonly<Record<string, readonly [LayerCorrelations['matrix'], string]>> = {
  'q-k2': ['q', 'k2'],
  'q-k2-t': ['q', 'k2-t'],
  'q-k3': ['q', 'k3'],
  'k-k2-t': ['k', 'k2-t'],
  'v-k3': ['v', 'k3'],
  'v-k3-skip': ['v', 'k3-skip'],
  'q-k2-attention': ['q', 'k2-attention'],
  'k-k2-attention-t': ['k', 'k2-attention-t'],
  'sft-q-v1-q': ['q', 'v1'],
  'sft-v-v1-v': ['v', 'v1'],
};

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

const meanAbsColumn = numberColumn('mean-abs-r');

const figuresOf = ({ meanAbsR, nullDraws }: Test) => ({
  'mean-abs-r': againstNull(meanAbsR, nullDraws),
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
    const nullDraws = tested[0]!.nullDraws.length;
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'summary-correlations',
        run: 'v1 and ct-sft',
        columns: [nameColumn('test'), meanAbsColumn, nameColumn('significant'), numberColumn('p')],
        rows: tested.map((test) => {
          const p = upperP(test.meanAbsR, test.nullDraws);
          return { test: test.test, ...figuresOf(test), significant: p <= significance ? 'yes' : 'no', p };
        }),
        nullDraws,
      },
      {
        kind: 'table',
        id: 'conjecture',
        run: 'v1',
        columns: [nameColumn('matrix'), nameColumn('view'), meanAbsColumn],
        rows: conjecture.map(({ matrix, view, test }) => ({
          matrix,
          view,
          ...figuresOf(tested.find((candidate) => candidate.test === test)!),
        })),
        nullDraws,
      },
    ]);
  },
});

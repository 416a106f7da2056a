/** The conjecture in ten tests: the mean over layers of |r|, each beside the law that Gaussian matrices obey. */
import { readFileSync } from 'node:fs';
import {
  type Cell,
  type NullSummary,
  nameColumn,
  numberColumn,
  writeResults,
} from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstLaw, type MeanAbsLaw, meanAbsLaw } from '../controls/exact-correlation.ts';
import { type LayerCorrelations, parseLayerCorrelations } from './correlate-layers.ts';

/** Test id -> matrix, and what it is correlated with. */
export const correlationTests: Readonly<Record<string, readonly [LayerCorrelations['matrix'], string]>> = {
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

/** Above this chance of Gaussian matrices doing as well, a correlation is not called significant. */
const significance = 0.05;

/** |r| of each layer. */
export const layersOfTest = (
  ofViews: readonly LayerCorrelations[],
  ofRuns: readonly LayerCorrelations[],
  test: string,
): readonly number[] => {
  const [matrix, view] = correlationTests[test]!;
  return (view === 'v1' ? ofRuns : ofViews)
    .filter((found) => found.matrix === matrix)
    .map(({ r }) => Math.abs(r[view]!));
};

/** The mean of |r|, beside the law of as many independent matrices. */
export const meanAbsHeld = (r: readonly number[], law: MeanAbsLaw): Cell & { readonly null: NullSummary } => {
  const value = r.reduce((sum, x) => sum + x, 0) / r.length;
  return { value, null: againstLaw(value, law) };
};

const meanAbsColumn = numberColumn('mean-abs-r');

export const summaryCorrelations = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { correlations: ['found'], nonUniqueness: ['found'] },
  outputs: { result: 'summary-correlations.json' },
  params: z.strictObject({
    /** Of a matrix: n^2. */
    entries: z.int().positive(),
  }),
  run: ({ params: { entries }, inputs, outputs }) => {
    const read = (path: string) => parseLayerCorrelations(readFileSync(path, 'utf8'));
    const ofViews = read(inputs.correlations.found);
    const ofRuns = read(inputs.nonUniqueness.found);
    const layers = new Set(ofViews.map(({ layer }) => layer)).size;
    const law = meanAbsLaw(entries, layers);
    const held = Object.keys(correlationTests).map((test) => ({
      test,
      'mean-abs-r': meanAbsHeld(layersOfTest(ofViews, ofRuns, test), law),
    }));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'summary-correlations',
        run: 'v1 and ct-sft',
        columns: [nameColumn('test'), meanAbsColumn, nameColumn('significant')],
        rows: held.map((row) => ({
          ...row,
          significant: (row['mean-abs-r'].null.p ?? 1) <= significance ? 'yes' : 'no',
        })),
      },
      {
        kind: 'table',
        id: 'conjecture',
        run: 'v1',
        columns: [nameColumn('matrix'), nameColumn('view'), meanAbsColumn],
        rows: conjecture.map(({ matrix, view, test }) => ({
          matrix,
          view,
          'mean-abs-r': held.find((row) => row.test === test)!['mean-abs-r'],
        })),
      },
    ]);
  },
});

/** How many correlations of a layer lie outside what chance gives nineteen in twenty of, by view: what the eye counts. */
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import type { Rows } from './pattern.ts';
import { readSeedTables, seedInputs, type TableSources } from './seed-tables.ts';

/** K_3 and its skip count are one; views weighted by attention have tests of their own. */
const views = ['k2', 'k2-t', 'k3', 'ete', 'identity'];

/** Of independent matrices so many lie outside the middle 95 %. */
const shareOutside = 0.05;

export const outsideSources = { 'correlations-by-layer': 'correlations' } as const satisfies TableSources;

const countOf = (view: string, columns: readonly string[], rows: Rows) => {
  const points = rows.length * columns.length;
  const outside = columns.flatMap((column) =>
    rows.filter((row) => {
      const r = Number(row[column]);
      return r < Number(row[`${column}-null-low`]) || r > Number(row[`${column}-null-high`]);
    }),
  ).length;
  return { view, points, outside, expected: shareOutside * points };
};

export const correlationsOutside = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'result'),
  outputs: { result: 'correlations-outside.json' },
  params: z.strictObject({ seeds: z.array(z.int().nonnegative()).min(1) }),
  run: ({ params: { seeds }, inputs, outputs }) => {
    const rows = readSeedTables(outsideSources, seeds, inputs).flatMap(
      (found) => found['correlations-by-layer']!,
    );
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'correlations-outside',
        run: 'v1, all seeds',
        columns: [nameColumn('view'), ...['points', 'outside', 'expected'].map((id) => numberColumn(id))],
        rows: [...views.map((view) => countOf(view, [view], rows)), countOf('all', views, rows)],
      },
    ]);
  },
});

/** The stage's code over the analyses of these seeds. */
export const correlationsOutsideOf = (seeds: readonly number[]): typeof correlationsOutside => ({
  ...correlationsOutside,
  inputs: seedInputs(outsideSources, seeds, () => ['result']),
});

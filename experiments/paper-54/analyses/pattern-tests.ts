/** Patterns over layers, seed by seed and over all: a rule holds where it holds in every seed. */
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import type { Found, Pattern } from './pattern.ts';
import { patterns } from './patterns.ts';
import { readSeedTables, seedInputs, type TableSources } from './seed-tables.ts';

const word = (holds: boolean): string => (holds ? 'holds' : 'fails');

const rowsOf = (
  { pattern, invariant, statistic, rule, judge, pool }: Pattern,
  found: readonly Found[],
  seeds: readonly number[],
): readonly Row[] => {
  const judged = found.map(judge);
  const common = { pattern, invariant, statistic, rule };
  const single = judged.map(({ holds, ...figures }, index) => ({
    ...common,
    seed: String(seeds[index]),
    ...figures,
    verdict: word(holds),
  }));
  if (seeds.length === 1) return single;
  const counts = judged.every(({ of }) => of !== null);
  const sum = (of: 'value' | 'of') => judged.reduce((total, figures) => total + (figures[of] ?? 0), 0);
  return [
    ...single,
    {
      ...common,
      seed: 'all',
      value: counts ? sum('value') : sum('value') / judged.length,
      of: counts ? sum('of') : null,
      p: pool(judged, found),
      verdict: word(judged.every(({ holds }) => holds)),
    },
  ];
};

export const patternSources = {
  'spectral-twinning': 'twinning',
  'value-crescendo': 'crescendo',
  'low-rank-nulls': 'against',
  'low-rank-heads': 'against',
  'asymmetry-nulls': 'against',
  'twinning-heads': 'against',
  'form-symmetry': 'structure',
} as const satisfies TableSources;

export const patternTests = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'result'),
  outputs: { result: 'pattern-tests.json' },
  params: z.strictObject({ seeds: z.array(z.int().nonnegative()).min(1) }),
  run: ({ params: { seeds }, inputs, outputs }) => {
    const found = readSeedTables(patternSources, seeds, inputs);
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'pattern-tests',
        run: 'v1',
        keys: ['pattern', 'seed'],
        columns: [
          nameColumn('pattern'),
          nameColumn('seed'),
          nameColumn('invariant'),
          nameColumn('statistic'),
          numberColumn('value'),
          numberColumn('of'),
          numberColumn('p'),
          nameColumn('rule'),
          nameColumn('verdict'),
        ],
        rows: patterns.flatMap((pattern) => rowsOf(pattern, found, seeds)),
      },
    ]);
  },
});

/** The stage's code over the analyses of these seeds. */
export const patternTestsOf = (seeds: readonly number[]): typeof patternTests => ({
  ...patternTests,
  inputs: seedInputs(patternSources, seeds, () => ['result']),
});

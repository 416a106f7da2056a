/** Tables of every seed, for a stage that sums up several of its analyses. */
import { readTable } from 'reproducible-paper/results/read-table';
import type { Found } from './pattern.ts';

/** The analyses of a seed that are summed up. */
export type SeedAnalysis =
  | 'twinning'
  | 'crescendo'
  | 'against'
  | 'form'
  | 'structure'
  | 'bands'
  | 'correlations'
  | 'drift'
  | 'geometry';

/** Table id -> the analysis that writes it. */
export type TableSources = Readonly<Record<string, SeedAnalysis>>;

const inputOf = (analysis: SeedAnalysis, seed: number): string => `${analysis}-${seed}`;

/** One a seed and analysis, by the name of the input that it is: what a stage declares, or what it is given. */
export const seedInputs = <Of>(
  sources: TableSources,
  seeds: readonly number[],
  of: (analysis: SeedAnalysis, seed: number) => Of,
): Readonly<Record<string, Of>> =>
  Object.fromEntries(
    seeds.flatMap((seed) =>
      [...new Set(Object.values(sources))].map(
        (analysis) => [inputOf(analysis, seed), of(analysis, seed)] as const,
      ),
    ),
  );

/** The rows of each table, a seed each. */
export const readSeedTables = (
  sources: TableSources,
  seeds: readonly number[],
  inputs: Readonly<Record<string, { readonly result: string }>>,
): readonly Found[] =>
  seeds.map((seed) =>
    Object.fromEntries(
      Object.entries(sources).map(([table, analysis]) => [
        table,
        readTable(inputs[inputOf(analysis, seed)]!.result, table).replicates[0]!.rows,
      ]),
    ),
  );

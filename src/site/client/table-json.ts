import type { AggregateName } from '../../results/aggregates.ts';
import type { Beside } from '../../results/flat-table.ts';
import type { Format } from '../../results/format.ts';
import type { TablePresentation } from '../../results/presentation.ts';
import type { ReplicateWords } from '../../results/replicate-words.ts';
import type { ClaimOn } from '../components/claims-on.ts';
import type { NamedStage } from '../components/made-by.ts';
import type { PlacedSentence } from '../paper-pages.ts';
import type { Formulas } from './label-nodes.ts';

export type Row = Readonly<Record<string, number | string | null>>;

/** Of several replicates: their mean, and where its 95 % interval begins and ends. */
export type MeanInterval = readonly [mean: number, low: number, high: number];

export interface PanelColumn {
  readonly id: string;
  readonly label: string;
  readonly unit: string | null;
  readonly format?: Format;
  readonly words?: Readonly<Record<string, string>>;
  /** What it stands beside: a null's bounds, or a p-value. */
  readonly beside?: Beside;
  readonly definition?: string;
  readonly whose?: 'theirs' | 'inferred' | 'ours';
}

/** `tables/<id>.json`, as far as a panel reads it. */
export interface TableJson {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly PanelColumn[];
  readonly keys: readonly string[];
  readonly rows: readonly Row[];
  readonly replicates?: readonly { readonly seed: number; readonly rows: readonly Row[] }[];
  /** What the replicates are called. */
  readonly replicateWords: ReplicateWords;
  readonly nullModel: string | null;
  readonly nullDraws: number | null;
  readonly reported: {
    readonly columns: readonly { readonly id: string }[];
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  } | null;
  readonly held: TablePresentation['held'];
  /** Of figures whose own null another result has: its middle 95 %, and the title of the table that it stands in. */
  readonly nulls: Readonly<Record<string, readonly [low: number, high: number, title: string]>>;
  /** The original's rows that sum up others, by key. */
  readonly summary: Readonly<Record<string, readonly AggregateName[]>>;
  /** Of figures that differ between replicates, by `<row>.<column>` or `<column>.<aggregate>`. */
  readonly intervals: Readonly<Record<string, MeanInterval>>;
  /** Which sentences print a figure, by the same names. */
  readonly sentences: Readonly<Record<string, readonly PlacedSentence[]>>;
  readonly formulas: Formulas;
  readonly key: string;
  readonly claims: readonly ClaimOn[];
  readonly made: readonly NamedStage[];
}

/** What names a row, in the form that names are made from. */
export const inRowForm = ({ keys, columns }: Pick<TableJson, 'keys' | 'columns'>) => ({
  keys: [...keys],
  columns: columns.map(({ id, unit }) => ({ id, unit })),
});

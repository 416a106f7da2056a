import { flatten } from '../../results/flat-table.ts';
import { formatValue } from '../../results/format-value.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import type { ShownColumn } from '../../results/presentation.ts';
import { keyColumns, rowKey } from '../../results/row-key.ts';
import {
  type CellLayout,
  mainColumns,
  otherwiseText,
  type PrintedValue,
  tableRowsOf,
} from './table-layout.ts';
import { varyingColumns } from './varying-columns.ts';

/** What a column of a table's own page holds; all but keys and figures can be switched off. */
export type ColumnKind = 'key' | 'figure' | 'interval' | 'reported' | 'null' | 'beside' | 'seed';

export interface FullColumn {
  readonly kind: ColumnKind;
  /** The column of the result that it belongs to. */
  readonly of: ShownColumn;
  /** What tells it from others of the same column: `null`, `seed 2`; empty for the figure itself. */
  readonly word: string;
  /** Whether it belongs to a figure that is folded away at first, since those before it take a screen's width. */
  readonly isFurther: boolean;
  /** The null's interval, where all rows have one and the same: it stands once, at the column's head. */
  readonly null: FullCell | null;
}

/** One value a cell. */
export interface FullCell {
  readonly kind: ColumnKind;
  readonly printed: PrintedValue | null;
  readonly text: string;
  readonly isNumber: boolean;
  /** Ids of the computed values that it prints. */
  readonly figures: readonly string[];
}

export interface FullRow {
  readonly key: string;
  readonly cells: readonly FullCell[];
}

export interface FullTable {
  readonly columns: readonly FullColumn[];
  readonly rows: readonly FullRow[];
}

/** More columns are wider than a desktop's screen. */
export const mostColumns = 12;

/** What stands at a cell, by the word that heads its column. */
type Parts = ReadonlyMap<string, FullCell>;

const plainCell = (kind: ColumnKind, text: string, figures: readonly string[]): FullCell => ({
  kind,
  printed: null,
  text,
  isNumber: true,
  figures,
});
const printedCell = (kind: ColumnKind, printed: PrintedValue): FullCell => ({
  kind,
  printed,
  text: printed.text,
  isNumber: true,
  figures: [printed.id],
});

const figureCell = (cell: CellLayout, isKey: boolean, isFirst: boolean): FullCell => {
  const kind = isKey ? 'key' : 'figure';
  const isNumber = cell.column.format !== undefined && typeof cell.otherwise !== 'string';
  const [only, ...more] = cell.computed;
  const figures = isKey ? [] : cell.computed.map(({ id }) => id);
  if (only && more.length === 0) return { kind, printed: only, text: only.text, isNumber, figures };
  const text = only ? cell.computed.map((value) => value.text).join(' to ') : otherwiseText(cell, isFirst);
  return { kind, printed: null, text, isNumber, figures };
};

/** Of a cell: what it was computed to be, and what stands beside it, each by its word. */
const partsOf = (cell: CellLayout, isKey: boolean, isFirst: boolean): Parts => {
  const parts = new Map<string, FullCell>([['', figureCell(cell, isKey, isFirst)]]);
  if (cell.spread) parts.set('±', printedCell('interval', cell.spread.halfWidth));
  for (const { kind, mark, text, figures } of cell.asides) parts.set(mark, plainCell(kind, text, figures));
  return parts;
};

/** Each replicate's own figure, where they differ. */
const seedParts = (data: PaperData, table: TableData, key: string, column: ShownColumn): Parts =>
  new Map(
    table.replicates.flatMap(({ seed }) => {
      const id = `${table.id}.${key}.${column.id}.seed-${seed}`;
      const named = data.values[id];
      if (seed === null || !named) return [];
      const text = named.shown ?? formatValue(named.value, named.format);
      return [
        [
          `${table.presentation.replicates.one} ${seed}`,
          printedCell('seed', { id, value: named.value, text }),
        ],
      ] as const;
    }),
  );

const empty = (kind: ColumnKind): FullCell => ({
  kind,
  printed: null,
  text: '',
  isNumber: true,
  figures: [],
});

/** @param cells of the rows that were computed */
const sharedOf = (cells: readonly (FullCell | undefined)[]): FullCell | null => {
  const [first, ...others] = cells;
  if (!first || others.length === 0 || others.some((cell) => cell?.text !== first.text)) return null;
  return { ...first, figures: cells.flatMap((cell) => cell?.figures ?? []) };
};

/** A table with one value a cell: beside each column's figures stand, in columns of their own, what its cells carry. */
export const fullTableOf = (data: PaperData, table: TableData): FullTable => {
  const main = mainColumns(table);
  const keys = keyColumns(table);
  const varying = varyingColumns(table);
  const computed = new Map(flatten(table).replicates[0]!.rows.map((row) => [rowKey(table, row), row]));
  const rows = tableRowsOf(data, table).map(({ key, cells }) => ({
    key,
    parts: cells.map((cell, at): Parts => {
      const isKey = keys.includes(cell.column.id);
      const own = partsOf(cell, isKey, at === 0);
      if (!varying.has(cell.column.id) || !computed.has(key)) return own;
      return new Map([...own, ...seedParts(data, table, key, cell.column)]);
    }),
  }));
  const groups = main.map((of, at) => {
    const isFurther = at >= mostColumns && !keys.includes(of.id);
    const words = new Map<string, ColumnKind>();
    for (const { parts } of rows) for (const [word, { kind }] of parts[at]!) words.set(word, kind);
    const shared = sharedOf(
      rows.flatMap(({ key, parts }) => (computed.has(key) ? parts[at]!.get('null') : [])),
    );
    if (shared) words.delete('null');
    return [...words].map(
      ([word, kind]): FullColumn => ({ kind, of, word, isFurther, null: word === '' ? shared : null }),
    );
  });
  return {
    columns: groups.flat(),
    rows: rows.map(({ key, parts }) => ({
      key,
      cells: groups.flatMap((columns, at) =>
        columns.map(({ word, kind }) => parts[at]!.get(word) ?? empty(kind)),
      ),
    })),
  };
};

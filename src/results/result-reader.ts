import { nearestHint } from '../engine/nearest-name.ts';
import { PaperError } from '../engine/paper-error.ts';
import { aggregates, type NamedValue, rowKey } from './derive-values.ts';
import type { Table } from './result-schema.ts';

/** A column of numbers with its aggregates: what claims compare. */
export type ColumnNumbers = {
  readonly numbers: readonly number[];
} & { readonly [A in keyof typeof aggregates]: number };

/** How claims reach results: by table and column, and by row where one cell is meant. */
export interface ResultReader {
  /** @throws UnknownTable, UnknownColumn with the nearest name */
  column(table: string, column: string): ColumnNumbers;
  /** @throws UnknownRow, or the above */
  cell(table: string, row: string, column: string): number;
  rows(table: string): readonly string[];
  /** A number that stands alone. @throws UnknownValue */
  value(id: string): number;
}

const unknown = (kind: string, received: string, names: readonly string[]): PaperError =>
  new PaperError(`Unknown${kind}`, `there is no ${kind.toLowerCase()} '${received}'.`, {
    hint: nearestHint(received, names),
  });

/** @param onUse told which table or value was read, so that a claim's key can name what it rests on */
export const createResultReader = (
  tables: ReadonlyMap<string, Table>,
  values: ReadonlyMap<string, NamedValue>,
  onUse: (id: string) => void,
): ResultReader => {
  const tableOf = (id: string): Table => {
    const table = tables.get(id);
    if (!table) throw unknown('Table', id, [...tables.keys()]);
    onUse(id);
    return table;
  };
  const columnOf = (table: Table, column: string): string => {
    if (table.columns.some(({ id }) => id === column)) return column;
    throw unknown(
      'Column',
      `${table.id}.${column}`,
      table.columns.map(({ id }) => `${table.id}.${id}`),
    );
  };
  return {
    value: (id) => {
      const found = values.get(id)?.value;
      if (typeof found !== 'number') throw unknown('Value', id, [...values.keys()]);
      onUse(id);
      return found;
    },
    rows: (id) => {
      const table = tableOf(id);
      return table.rows.map((row) => rowKey(table, row));
    },
    column: (id, column) => {
      const table = tableOf(id);
      const name = columnOf(table, column);
      const numbers = table.rows.map((row) => row[name]).filter((cell) => typeof cell === 'number');
      if (numbers.length === 0) throw unknown('Column', `${id}.${column} of numbers`, []);
      const derived = Object.fromEntries(
        Object.entries(aggregates).map(([aggregate, of]) => [aggregate, of(numbers)]),
      ) as { [A in keyof typeof aggregates]: number };
      return { numbers, ...derived };
    },
    cell: (id, row, column) => {
      const table = tableOf(id);
      const found = table.rows.find((candidate) => rowKey(table, candidate) === row);
      const cell = found?.[columnOf(table, column)];
      if (typeof cell === 'number') return cell;
      throw unknown(
        'Row',
        `${id}.${row}`,
        table.rows.map((candidate) => `${id}.${rowKey(table, candidate)}`),
      );
    },
  };
};

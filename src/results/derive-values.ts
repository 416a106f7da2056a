import type { Cell, Format, Table } from './result-schema.ts';

/** A number or word that prose can name. */
export interface NamedValue {
  readonly value: number | string;
  readonly unit: string | null;
  readonly format: Format | undefined;
}

/** Columns that name a table's rows. */
export const keyColumns = ({ keys, columns }: Table): readonly string[] => keys ?? [columns[0]!.id];

const keyPart = (column: string, cell: Cell): string =>
  typeof cell === 'number' ? `${column}-${cell}` : slug(cell ?? 'none');

/** A word as part of an id: lower case, hyphens for everything else. */
const slug = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** `layer-0`, `v1`, or `q-layer-0` where two columns name a row. */
export const rowKey = (table: Table, row: Readonly<Record<string, Cell>>): string =>
  keyColumns(table)
    .map((column) => keyPart(column, row[column] ?? null))
    .join('-');

/** Aggregates of a column of numbers, by the word that ends their id. */
export const aggregates = {
  mean: (numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length,
  min: (numbers) => numbers.reduce((a, b) => Math.min(a, b)),
  max: (numbers) => numbers.reduce((a, b) => Math.max(a, b)),
  'mean-abs': (numbers) => numbers.reduce((sum, x) => sum + Math.abs(x), 0) / numbers.length,
  'max-abs': (numbers) => numbers.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  first: (numbers) => numbers[0]!,
  last: (numbers) => numbers.at(-1)!,
} as const satisfies Record<string, (numbers: readonly number[]) => number>;

/**
 * Everything in a table that prose can name, derived once: each cell as `<table>.<row>.<column>` and, of each
 * column of numbers, `<table>.<column>.<aggregate>`.
 */
export const deriveValues = (table: Table): ReadonlyMap<string, NamedValue> => {
  const values = new Map<string, NamedValue>();
  for (const { id, unit, format } of table.columns) {
    for (const row of table.rows) {
      const cell = row[id] ?? null;
      if (cell !== null) values.set(`${table.id}.${rowKey(table, row)}.${id}`, { value: cell, unit, format });
    }
    if (keyColumns(table).includes(id)) continue;
    const numbers = table.rows.map((row) => row[id]).filter((cell) => typeof cell === 'number');
    if (numbers.length === 0) continue;
    for (const [name, aggregate] of Object.entries(aggregates)) {
      values.set(`${table.id}.${id}.${name}`, { value: aggregate(numbers), unit, format });
    }
  }
  return values;
};

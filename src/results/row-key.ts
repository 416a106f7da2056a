import type { Cell, Table } from './result-schema.ts';

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

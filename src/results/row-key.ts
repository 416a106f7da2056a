import type { PlainCell, Row, Table } from './result-schema.ts';

/** Columns that name a table's rows. */
export const keyColumns = ({ keys, columns }: Pick<Table, 'keys' | 'columns'>): readonly string[] =>
  keys ?? [columns[0]!.id];

/** `layer-0`, `ratio-0-5`, `shift-minus-2`: an id has no sign and no dot of its own. */
const keyPart = (column: string, cell: PlainCell): string =>
  typeof cell === 'number'
    ? `${column}-${cell < 0 ? 'minus-' : ''}${slug(String(Math.abs(cell)).replace('e-', 'e-minus-'))}`
    : slug(cell ?? 'none');

/** A word as part of an id: lower case, hyphens for everything else. */
const slug = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const plain = (cell: Row[string] | undefined): PlainCell =>
  typeof cell === 'object' && cell !== null ? cell.value : (cell ?? null);

/** `layer-0`, `fitted`, or `q-layer-0` where two columns name a row. */
export const rowKey = (
  table: Pick<Table, 'keys' | 'columns'>,
  row: Readonly<Record<string, Row[string]>>,
): string =>
  keyColumns(table)
    .map((column) => keyPart(column, plain(row[column])))
    .join('-');

import type { PlainCell, Row, Table } from './result-schema.ts';

/** Columns that name a table's rows. */
export const keyColumns = ({ keys, columns }: Pick<Table, 'keys' | 'columns'>): readonly string[] =>
  keys ?? [columns[0]!.id];

/** `layer-0`, `ratio-0-5`, `shift-minus-2`: an id has no sign and no dot of its own. */
const keyPart = (column: string, cell: PlainCell): string =>
  typeof cell === 'number'
    ? `${column}-${cell < 0 ? 'minus-' : ''}${wordKey(String(Math.abs(cell)).replace('e-', 'e-minus-'))}`
    : wordKey(cell ?? 'none');

/** A word as part of an id: its letters and digits, of any script, in lower case, hyphens for everything else. */
export const wordKey = (word: string): string =>
  word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '');

const plain = (cell: Row[string] | undefined): PlainCell =>
  typeof cell === 'object' && cell !== null ? cell.value : (cell ?? null);

/** A row as its key columns have it, for a reader: `C++, 2`. */
export const rowLabel = (
  table: Pick<Table, 'keys' | 'columns'>,
  row: Readonly<Record<string, Row[string]>>,
): string =>
  keyColumns(table)
    .map((column) => String(plain(row[column]) ?? 'nothing'))
    .join(', ');

/** What each key column gives to a row's name. */
export const keyParts = (
  table: Pick<Table, 'keys' | 'columns'>,
  row: Readonly<Record<string, Row[string]>>,
): readonly string[] => keyColumns(table).map((column) => keyPart(column, plain(row[column])));

/** `layer-0`, `fitted`, or `q-layer-0` where two columns name a row. Words that differ in signs alone share one. */
export const rowKey = (
  table: Pick<Table, 'keys' | 'columns'>,
  row: Readonly<Record<string, Row[string]>>,
): string => keyParts(table, row).join('-');

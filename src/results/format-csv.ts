import type { PlainCell as Cell } from './result-schema.ts';

const field = (cell: Cell | undefined): string => {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Comma-separated values (RFC 4180) at full precision, column ids in the first line. */
export const formatCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): string =>
  [columns.map(field), ...rows.map((row) => columns.map((id) => field(row[id])))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

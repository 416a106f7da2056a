import type { PlainCell as Cell } from './result-schema.ts';

const field = (cell: Cell | undefined): string => {
  const text = cell === null || cell === undefined ? '' : String(cell);
  // Spaces at an end belong to a field, but some readers drop them where it has no quotes; an empty word is no gap.
  return cell === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * Comma-separated values at full precision, column ids in the first line, as RFC 4180 has them: every line ends in CRLF,
 * and a field with a quote, a comma or a line end is quoted. Words are left as they are, also where a spreadsheet would
 * read them as formulas. What is not defined is an empty field, an empty word is `""`.
 */
export const formatCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): string =>
  [columns.map(field), ...rows.map((row) => columns.map((id) => field(row[id])))]
    // A line of nothing would be taken for none.
    .map((line) => `${line.join(',') || '""'}\r\n`)
    .join('');

import { formatCell } from './format-value.ts';
import type { ShownColumn } from './presentation.ts';
import type { PlainCell } from './result-schema.ts';

/** One of the columns that name a row, and what the row has there, both as the table prints them. */
export interface RowPart {
  /** Parts between dollar signs are TeX. */
  readonly label: string;
  readonly text: string;
  /** A number, or a name that is one, says nothing without its label. */
  readonly isNumber: boolean;
}

type Naming = Pick<ShownColumn, 'label' | 'format' | 'words'>;

export const rowPart = (column: Naming, cell: PlainCell): RowPart => {
  const text = formatCell(cell, column);
  return { label: column.label, text, isNumber: typeof cell === 'number' || /^[−-]?\d+$/.test(text) };
};

export const rowParts = (
  keys: readonly string[],
  columns: Readonly<Record<string, Naming>>,
  row: Readonly<Record<string, PlainCell>>,
): readonly RowPart[] => keys.map((key) => rowPart(columns[key]!, row[key] ?? null));

/** A row by what names it, as its table prints it: `Q, K₂`, or `layer 0`. */
export const rowWords = (...given: Parameters<typeof rowParts>): string =>
  rowParts(...given)
    .map(({ label, text, isNumber }) => (isNumber ? `${label} ${text}` : text))
    .join(', ');

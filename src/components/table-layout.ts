import { keyColumns, rowKey } from '../engine/derive-values.ts';
import { formatValue } from '../engine/format-value.ts';
import type { PaperData } from '../engine/paper-data.ts';
import { type ReportedCell, reportedRowKey } from '../engine/reported.ts';
import type { Cell, Column, Format } from '../engine/result-schema.ts';

type TableData = PaperData['tables'][string];

/** A number below the computed one: the original's, the null's interval, or the value at init. */
export interface AsideText {
  readonly kind: 'reported' | 'null' | 'init';
  readonly text: string;
}

export interface CellLayout {
  readonly column: Column;
  /** The value's id; absent where nothing was computed. */
  readonly id: string | undefined;
  readonly value: Cell;
  readonly asides: readonly AsideText[];
}

export interface RowLayout {
  readonly key: string;
  readonly cells: readonly CellLayout[];
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** A reported figure, digits as printed; a share is shown as the computed one beside it is. */
const reportedText = (cell: ReportedCell, format: Format | undefined): string => {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  const figures = [cell].flat().filter((part) => part !== null);
  return figures
    .map((figure) => {
      const text = String(figure);
      if (format?.style !== 'share') return text.replace(/^-/, '−');
      return formatValue(Number(text), { style: 'share', digits: Math.max(0, decimalsOf(text) - 2) });
    })
    .join(' to ');
};

const asidesOf = (
  { columns }: TableData,
  column: Column,
  row: Readonly<Record<string, Cell>> | undefined,
  reported: ReportedCell | undefined,
): readonly AsideText[] => {
  const beside = (role: string): Cell | undefined => {
    const found = columns.find((other) => other.beside?.column === column.id && other.beside.role === role);
    return found && row?.[found.id];
  };
  const shown = (cell: Cell | undefined): string => formatValue(cell ?? null, column.format);
  const [low, high, init] = [beside('null-low'), beside('null-high'), beside('init')];
  return [
    // A word that both use would only be said twice.
    ...(reported === undefined || reported === null || reported === row?.[column.id]
      ? []
      : [{ kind: 'reported', text: reportedText(reported, column.format) } as const]),
    ...(low === undefined || high === undefined
      ? []
      : [{ kind: 'null', text: `${shown(low)} to ${shown(high)}` } as const]),
    ...(init === undefined ? [] : [{ kind: 'init', text: shown(init) } as const]),
  ];
};

/** Columns that have a place of their own; the others stand below the figure that they belong to. */
export const mainColumns = ({ columns }: TableData): readonly Column[] =>
  columns.filter(({ beside }) => beside === undefined);

/** Rows in the computed order, then what only the original prints. */
export const tableRowsOf = (table: TableData): readonly RowLayout[] => {
  const keys = keyColumns(table);
  const main = mainColumns(table);
  const reportedRows = new Map((table.reported?.rows ?? []).map((row) => [reportedRowKey(table, row), row]));
  const computed = table.rows.map((row): RowLayout => {
    const key = rowKey(table, row);
    return {
      key,
      cells: main.map((column) => ({
        column,
        id: (row[column.id] ?? null) === null ? undefined : `${table.id}.${key}.${column.id}`,
        value: row[column.id] ?? null,
        asides: keys.includes(column.id)
          ? []
          : asidesOf(table, column, row, reportedRows.get(key)?.[column.id]),
      })),
    };
  });
  const computedKeys = new Set(computed.map(({ key }) => key));
  const onlyReported = [...reportedRows]
    .filter(([key]) => !computedKeys.has(key))
    .map(
      ([key, row]): RowLayout => ({
        key,
        cells: main.map((column) => ({
          column,
          id: undefined,
          value: keys.includes(column.id) ? (row[column.id] as Cell) : null,
          asides: keys.includes(column.id) ? [] : asidesOf(table, column, undefined, row[column.id]),
        })),
      }),
    );
  return [...computed, ...onlyReported];
};

import { aggregates } from '../results/derive-values.ts';
import { formatValue } from '../results/format-value.ts';
import type { PaperData } from '../results/paper-data.ts';
import { type ReportedCell, reportedRowKey } from '../results/reported.ts';
import type { Cell, Column, Format } from '../results/result-schema.ts';
import { keyColumns, rowKey } from '../results/row-key.ts';

type TableData = PaperData['tables'][string];

/** A number below the computed one: the original's, the null's interval, or the value at init. */
export interface AsideText {
  readonly kind: 'reported' | 'null' | 'init';
  readonly text: string;
}

export interface CellLayout {
  readonly column: Column;
  /** What was computed, each under its value's id: one number or word, two for a range, none where there is none. */
  readonly computed: readonly { readonly id: string; readonly value: number | string }[];
  /** What stands there when nothing was computed. */
  readonly otherwise: Cell;
  readonly asides: readonly AsideText[];
  /** Name of the figure whose spread over seeds is printed; none where there is no spread. */
  readonly seeds: string | null;
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
    const found = columns.find(
      ({ beside }) => beside?.column === column.id && beside.role === role && beside.seed === undefined,
    );
    return found && row?.[found.id];
  };
  const shown = (cell: Cell | undefined): string => formatValue(cell ?? null, column.format);
  const [low, high, init] = [beside('null-low'), beside('null-high'), beside('init')];
  return [
    // The original's words for a thing are ours too, or say no more: only its figures and flags stand beside ours.
    ...(reported === undefined || reported === null || (!column.format && typeof reported === 'string')
      ? []
      : [{ kind: 'reported', text: reportedText(reported, column.format) } as const]),
    ...(low === undefined || high === undefined
      ? []
      : [{ kind: 'null', text: `${shown(low)} to ${shown(high)}` } as const]),
    ...(init === undefined ? [] : [{ kind: 'init', text: shown(init) } as const]),
  ];
};

/** Rows of the original that sum up all layers, by their key, and the aggregates that answer to them. */
const summaryRows: Readonly<Record<string, readonly (keyof typeof aggregates)[]>> = {
  mean: ['mean'],
  all: ['min', 'max'],
};

const aggregated = (table: TableData, key: string, { id }: Column): CellLayout['computed'] => {
  const numbers = table.rows.map((row) => row[id]).filter((cell) => typeof cell === 'number');
  if (numbers.length === 0) return [];
  return (summaryRows[key] ?? []).map((name) => ({
    id: `${table.id}.${id}.${name}`,
    value: aggregates[name](numbers),
  }));
};

const hasSpread = ({ values }: PaperData, figure: string): boolean => `${figure}.seeds.mean` in values;

/** Columns that have a place of their own; the others stand below the figure that they belong to. */
export const mainColumns = ({ columns }: TableData): readonly Column[] =>
  columns.filter(({ beside }) => beside === undefined);

/** Rows in the computed order, then what only the original prints. */
export const tableRowsOf = (data: PaperData, table: TableData): readonly RowLayout[] => {
  const keys = keyColumns(table);
  const main = mainColumns(table);
  const reportedRows = new Map((table.reported?.rows ?? []).map((row) => [reportedRowKey(table, row), row]));
  const spreadOf = (figure: string): string | null => (hasSpread(data, figure) ? figure : null);
  const computed = table.rows.map((row): RowLayout => {
    const key = rowKey(table, row);
    return {
      key,
      cells: main.map((column) => ({
        column,
        computed: [row[column.id] ?? null].flatMap((value) =>
          value === null ? [] : [{ id: `${table.id}.${key}.${column.id}`, value }],
        ),
        otherwise: null,
        asides: keys.includes(column.id)
          ? []
          : asidesOf(table, column, row, reportedRows.get(key)?.[column.id]),
        seeds: spreadOf(`${table.id}.${key}.${column.id}`),
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
          computed: keys.includes(column.id) ? [] : aggregated(table, key, column),
          otherwise: keys.includes(column.id) ? (row[column.id] as Cell) : null,
          asides: keys.includes(column.id) ? [] : asidesOf(table, column, undefined, row[column.id]),
          seeds: (summaryRows[key] ?? []).length === 1 ? spreadOf(`${table.id}.${column.id}.${key}`) : null,
        })),
      }),
    );
  return [...computed, ...onlyReported];
};

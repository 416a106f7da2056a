import type { aggregates } from '../../results/aggregates.ts';
import { type FlatRow, flatten } from '../../results/flat-table.ts';
import type { Format } from '../../results/format.ts';
import { formatInterval } from '../../results/format-interval.ts';
import { formatCell, formatNamed, formatValue } from '../../results/format-value.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import type { ShownColumn } from '../../results/presentation.ts';
import { remembered } from '../../results/remembered.ts';
import { type ReportedCell, reportedRowKey } from '../../results/reported.ts';
import type { PlainCell } from '../../results/result-schema.ts';
import { keyColumns, rowKey } from '../../results/row-key.ts';

/** A number below the computed one: the original's, the null's interval, or a further figure by its own word. */
export interface AsideText {
  readonly kind: 'reported' | 'null' | 'beside';
  readonly mark: string;
  readonly text: string;
  /** Ids of the values that it prints; none for the original's. */
  readonly figures: readonly string[];
}

/** A number or word as it is printed, under its value's id. */
export interface PrintedValue {
  readonly id: string;
  readonly value: number | string;
  readonly text: string;
}

export interface CellLayout {
  readonly column: ShownColumn;
  /** What was computed: one number or word, two for a range, none where there is none. */
  readonly computed: readonly PrintedValue[];
  /** What stands there when nothing was computed. */
  readonly otherwise: PlainCell;
  readonly asides: readonly AsideText[];
  /** What replicates say beside what is printed large: the mean where the first one leads, and half its interval. */
  readonly spread: { readonly mean: PrintedValue | null; readonly halfWidth: PrintedValue } | null;
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
      if (typeof figure === 'number') return formatValue(figure, format);
      const text = figure;
      if (format?.style !== 'share' || !Number.isFinite(Number(text))) return text.replace(/^-/, '−');
      return formatValue(Number(text), { style: 'share', digits: Math.max(0, decimalsOf(text) - 2) });
    })
    .join(' to ');
};

const printed = ({ values }: PaperData, id: string): PrintedValue => {
  const named = values[id]!;
  return { id, value: named.value, text: formatNamed(named) };
};

/** What is printed of a figure, by the name that it goes by in prose. */
const headlineOf = (data: PaperData, figure: string): PrintedValue =>
  printed(data, data.values[figure]?.headline ?? figure);

const spreadOf = (data: PaperData, figure: string): CellLayout['spread'] => {
  const [mean, halfWidth] = [`${figure}.seeds.mean`, `${figure}.seeds.half-width`];
  if (!Object.hasOwn(data.values, halfWidth)) return null;
  return {
    mean: data.values[figure]?.headline === mean ? null : printed(data, mean),
    halfWidth: printed(data, halfWidth),
  };
};

const asidesOf = (
  data: PaperData,
  table: TableData,
  column: ShownColumn,
  row: FlatRow | undefined,
  reported: ReportedCell | undefined,
): readonly AsideText[] => {
  const { id, format, reported: mark = 'reported' } = column;
  const beside = Object.entries(table.presentation.beside).flatMap(([role, mark]): AsideText[] => {
    const figure = row && `${table.id}.${rowKey(table, row)}.${id}-${role}`;
    if (figure === undefined || !Object.hasOwn(data.values, figure)) return [];
    const headline = headlineOf(data, figure);
    return [{ kind: 'beside', mark, text: headline.text, figures: [headline.id] }];
  });
  const [low, high] = [row?.[`${id}-null-low`], row?.[`${id}-null-high`]];
  return [
    // The original's words for a thing are ours too, or say no more: only its figures and flags stand beside ours.
    ...(reported === undefined || reported === null || (!format && typeof reported === 'string')
      ? []
      : [{ kind: 'reported', mark, text: reportedText(reported, format), figures: [] } as const]),
    ...(typeof low !== 'number' || typeof high !== 'number'
      ? []
      : [
          {
            kind: 'null',
            mark: 'null',
            text: formatInterval(low, high, format),
            figures: row
              ? ['low', 'high'].map((end) => `${table.id}.${rowKey(table, row)}.${id}-null-${end}`)
              : [],
          } as const,
        ]),
    ...beside,
  ];
};

/** Columns that have a place of their own; the others stand below the figure that they belong to. */
export const mainColumns = ({ presentation: { columns, shown } }: TableData): readonly ShownColumn[] =>
  shown.map((id) => columns[id]!);

const makeRows = (data: PaperData, table: TableData): readonly RowLayout[] => {
  const keys = keyColumns(table);
  const main = mainColumns(table);
  const { summary } = table.presentation;
  const reportedRows = new Map((table.reported?.rows ?? []).map((row) => [reportedRowKey(table, row), row]));
  const computed = flatten(table).replicates[0]!.rows.map((row): RowLayout => {
    const key = rowKey(table, row);
    return {
      key,
      cells: main.map((column) => {
        const figure = `${table.id}.${key}.${column.id}`;
        const isKey = keys.includes(column.id);
        return {
          column,
          computed: row[column.id] === null ? [] : [headlineOf(data, figure)],
          otherwise: null,
          asides: isKey ? [] : asidesOf(data, table, column, row, reportedRows.get(key)?.[column.id]),
          spread: spreadOf(data, figure),
        };
      }),
    };
  });
  const computedKeys = new Set(computed.map(({ key }) => key));
  const onlyReported = [...reportedRows]
    .filter(([key]) => !computedKeys.has(key))
    .map(([key, row]): RowLayout => {
      const names = summary[key] ?? [];
      return {
        key,
        cells: main.map((column) => {
          const isKey = keys.includes(column.id);
          const figures = names
            .map((name: keyof typeof aggregates) => `${table.id}.${column.id}.${name}`)
            .filter((id) => !isKey && Object.hasOwn(data.values, id));
          return {
            column,
            computed: figures.map((figure) => headlineOf(data, figure)),
            otherwise: isKey ? (row[column.id] as PlainCell) : null,
            asides: isKey ? [] : asidesOf(data, table, column, undefined, row[column.id]),
            spread: figures.length === 1 ? spreadOf(data, figures[0]!) : null,
          };
        }),
      };
    });
  return [...computed, ...onlyReported];
};

const rowsIn = remembered((data: PaperData) => remembered((table: TableData) => makeRows(data, table)));

/** Rows in the computed order, then what only the original prints. */
export const tableRowsOf = (data: PaperData, table: TableData): readonly RowLayout[] => rowsIn(data)(table);

/** What stands in a cell where nothing was computed. */
export const otherwiseText = ({ otherwise, column }: CellLayout, isFirst: boolean): string =>
  isFirst && otherwise === null ? '' : formatCell(otherwise, column);

import { type FlatRow, flatten } from './flat-table.ts';
import type { PaperData, TableData } from './paper-data.ts';
import { rowKey } from './row-key.ts';

/** What a figure has over replicates, by the last part of its value's name. */
const aggregates = ['seeds.mean', 'seeds.half-width'] as const;

export interface RowsWithMeans {
  readonly columns: readonly string[];
  readonly rows: readonly FlatRow[];
}

/**
 * The first replicate's rows and, in columns beside those that differ between replicates, the mean over them with half of
 * its interval: a table may print either.
 */
export const rowsWithMeans = ({ values }: Pick<PaperData, 'values'>, table: TableData): RowsWithMeans => {
  const { columns, replicates } = flatten(table);
  const rows = replicates[0]!.rows.map((row) => {
    const key = rowKey(table, row);
    const beside = columns.flatMap(({ id }) =>
      aggregates.flatMap((aggregate) => {
        const name = `${id}.${aggregate}`;
        const value = values[`${table.id}.${key}.${name}`];
        return value ? [[name, value.value] as const] : [];
      }),
    );
    return { ...row, ...Object.fromEntries(beside) };
  });
  const had = new Set(rows.flatMap((row) => Object.keys(row)));
  const means = columns.flatMap(({ id }) => aggregates.map((aggregate) => `${id}.${aggregate}`));
  return { columns: [...columns.map(({ id }) => id), ...means.filter((name) => had.has(name))], rows };
};

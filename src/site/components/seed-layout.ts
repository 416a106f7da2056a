import { flatten } from '../../results/flat-table.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import type { ShownColumn } from '../../results/presentation.ts';
import { remembered } from '../../results/remembered.ts';
import type { PlainCell } from '../../results/result-schema.ts';
import { keyColumns, rowKey } from '../../results/row-key.ts';
import { mainColumns } from './table-layout.ts';

/** One line of what each replicate has: the row's key, the seed, and the names of its figures. */
export interface SeedRowLayout {
  readonly keys: readonly { readonly column: ShownColumn; readonly cell: PlainCell }[];
  readonly seed: number;
  readonly figures: readonly { readonly column: ShownColumn; readonly id: string | null }[];
}

/** The columns that differ between replicates. */
export const varyingColumns = remembered((table: TableData): ReadonlySet<string> => {
  const { columns, replicates } = flatten(table);
  return new Set(
    columns
      .map(({ id }) => id)
      .filter((id) =>
        replicates[0]!.rows.some(
          (_, at) => new Set(replicates.map((replicate) => replicate.rows[at]![id])).size > 1,
        ),
      ),
  );
});

const makeRows = (data: PaperData, table: TableData): readonly SeedRowLayout[] => {
  const { replicates } = flatten(table);
  if (replicates.length === 1) return [];
  const keys = keyColumns(table);
  const rows = replicates[0]!.rows.map((row) => ({ row, key: rowKey(table, row) }));
  const differing = varyingColumns(table);
  const varying = mainColumns(table).filter(({ id }) => differing.has(id));
  return rows.flatMap(({ row, key }) =>
    replicates.map(({ seed }) => ({
      keys: keys.map((id) => ({ column: table.presentation.columns[id]!, cell: row[id]! })),
      seed: seed!,
      figures: varying.map((column) => {
        const id = `${table.id}.${key}.${column.id}.seed-${seed}`;
        return { column, id: Object.hasOwn(data.values, id) ? id : null };
      }),
    })),
  );
};

const rowsIn = remembered((data: PaperData) => remembered((table: TableData) => makeRows(data, table)));

/** Every replicate's own figures, of the columns that differ between them; none with one. */
export const seedRowsOf = (data: PaperData, table: TableData): readonly SeedRowLayout[] =>
  rowsIn(data)(table);

import type { PaperData } from '../results/paper-data.ts';
import type { Cell, Column } from '../results/result-schema.ts';
import { keyColumns, rowKey } from '../results/row-key.ts';
import { mainColumns } from './table-layout.ts';

type TableData = PaperData['tables'][string];

/** One line of what each seed has: the row's key, the seed, and the names of its figures. */
export interface SeedRowLayout {
  readonly keys: readonly { readonly column: Column; readonly cell: Cell }[];
  readonly seed: number;
  readonly figures: readonly { readonly column: Column; readonly id: string | null }[];
}

/** Every seed's own figures, of the columns that differ between seeds; none with one seed. */
export const seedRowsOf = (data: PaperData, table: TableData): readonly SeedRowLayout[] => {
  const keys = keyColumns(table);
  const varying = mainColumns(table).filter(({ id }) =>
    table.columns.some(({ beside }) => beside?.column === id && beside.role === 'seed'),
  );
  return table.rows.flatMap((row) => {
    const named = keys.map((id) => ({
      column: table.columns.find((column) => column.id === id)!,
      cell: row[id] ?? null,
    }));
    return (table.seeds?.numbers ?? []).map((seed, place) => ({
      keys: named,
      seed,
      figures: varying.map((column) => {
        const figure = `${table.id}.${rowKey(table, row)}.${column.id}`;
        const id = place === 0 ? figure : `${figure}.seed-${seed}`;
        return { column, id: id in data.values ? id : null };
      }),
    }));
  });
};

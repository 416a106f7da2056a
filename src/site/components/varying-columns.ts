import { flatten } from '../../results/flat-table.ts';
import type { TableData } from '../../results/paper-data.ts';
import { remembered } from '../../results/remembered.ts';

/** Ids of the columns that differ between replicates. */
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

import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { flatten } from '../results/flat-table.ts';
import type { PaperData } from '../results/paper-data.ts';
import type { PlainCell as Cell } from '../results/result-schema.ts';

type Rows = readonly Readonly<Record<string, Cell>>[];

const found = <T>(all: Readonly<Record<string, T>>, id: string, kind: string): T => {
  const result = all[id];
  if (result) return result;
  throw new PaperError(
    `Unknown${kind}`,
    `a figure draws ${kind.toLowerCase()} '${id}', which no stage makes.`,
    {
      hint: nearestHint(id, Object.keys(all)),
    },
  );
};

export const seriesRows = ({ series }: PaperData, id: string): Rows =>
  flatten(found(series, id, 'Series')).replicates[0]!.rows;
export const tableOf = ({ tables }: PaperData, id: string): PaperData['tables'][string] =>
  found(tables, id, 'Table');
export const tableRows = (data: PaperData, id: string): Rows =>
  flatten(tableOf(data, id)).replicates[0]!.rows;

/** Wide columns as long rows: one row a source row and column, `matrix` naming the column's matrix. */
export const byMatrix = (
  rows: Rows,
  columns: Readonly<Record<string, string>>,
  kept: readonly string[],
): Rows =>
  rows.flatMap((row) =>
    Object.entries(columns).map(([matrix, column]) => ({
      ...Object.fromEntries(kept.map((name) => [name, row[name] ?? null])),
      matrix,
      value: row[column] ?? null,
    })),
  );

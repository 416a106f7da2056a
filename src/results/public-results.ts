/** `results.json` and the tables beside a page: everything at full precision, each with the key that made it. */
import { type FlatRow, flatten } from './flat-table.ts';
import type { PaperData, TableData } from './paper-data.ts';
import { keyColumns } from './row-key.ts';

/** Rows are the first replicate's; where there are several, all of them stand in `replicates`. */
export const publicTable = (table: TableData): object => {
  const { columns, replicates } = flatten(table);
  const { presentation, run, nullDraws, reported, key, stages } = table;
  return {
    run: replicates.length > 1 ? `${run ?? ''}, seed ${replicates[0]!.seed}`.replace(/^, /, '') : run,
    columns: columns.map((column) => ({ ...presentation.columns[column.id], ...column })),
    keys: keyColumns(table),
    rows: replicates[0]!.rows,
    ...(replicates.length > 1 ? { headline: presentation.headline, replicates } : {}),
    nullModel: presentation.null,
    nullDraws: nullDraws ?? null,
    reported,
    key,
    stages,
  };
};

/** All replicates one below the other, each row with its seed; undefined where there is one alone. */
export const rowsOfEverySeed = (table: TableData): readonly FlatRow[] | undefined => {
  const { replicates } = flatten(table);
  return replicates.length > 1
    ? replicates.flatMap(({ seed, rows }) => rows.map((row) => ({ seed, ...row })))
    : undefined;
};

/** @param sentences claim id -> its sentence as the page prints it */
export const publicResults = (data: PaperData, sentences: ReadonlyMap<string, string>): object => ({
  paper: data.paper,
  profile: data.profile,
  backend: data.backend,
  tables: Object.fromEntries(Object.entries(data.tables).map(([id, table]) => [id, publicTable(table)])),
  values: data.values,
  claims: Object.fromEntries(
    Object.entries(data.claims).map(([id, { evidence: _, eachSeed: _each, cells: _cells, ...claim }]) => [
      id,
      { sentence: sentences.get(id) ?? null, ...claim },
    ]),
  ),
});

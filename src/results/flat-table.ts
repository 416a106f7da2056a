/**
 * A table with plain cells: what stands at a cell has columns of its own beside it. CSV, results.json, claims and
 * figures read results in this form.
 */
import type { Column, NullSummary, PlainCell, Row, Series, Table } from './result-schema.ts';

/** What stands beside a column: which one, and as what. */
export interface Beside {
  readonly column: string;
  /** `null-low`, `null-high`, `null-mean`, `null-sd`, `p`, or the id of a further figure. */
  readonly role: string;
}

export interface FlatColumn extends Column {
  readonly beside?: Beside;
}

export type FlatRow = Readonly<Record<string, PlainCell>>;

const nullRoles = {
  low: 'null-low',
  high: 'null-high',
  mean: 'null-mean',
  sd: 'null-sd',
  p: 'p',
} as const satisfies Record<keyof NullSummary, string>;

/** A row's cells, and what stands at them, by column id. */
export const flatRow = (row: Row): FlatRow => {
  const flat: Record<string, PlainCell> = {};
  for (const [id, cell] of Object.entries(row)) {
    if (typeof cell !== 'object' || cell === null) {
      flat[id] = cell;
      continue;
    }
    flat[id] = cell.value;
    for (const [of, number] of Object.entries(cell.null ?? {})) {
      if (number !== undefined) flat[`${id}-${nullRoles[of as keyof NullSummary]}`] = number;
    }
    for (const [of, number] of Object.entries(cell.beside ?? {})) flat[`${id}-${of}`] = number;
  }
  return flat;
};

const rolesOf = (rows: readonly Row[], id: string): readonly string[] => {
  const roles = new Set<string>();
  for (const row of rows) {
    const cell = row[id];
    if (typeof cell !== 'object' || cell === null) continue;
    for (const of of Object.keys(cell.null ?? {})) roles.add(nullRoles[of as keyof NullSummary]);
    for (const of of Object.keys(cell.beside ?? {})) roles.add(of);
  }
  return [...roles];
};

/** The columns of the flat form: each of the table, then what stands beside them. */
export const flatColumns = ({
  columns,
  replicates,
}: Pick<Table | Series, 'columns' | 'replicates'>): readonly FlatColumn[] => {
  const rows = replicates.flatMap((replicate) => replicate.rows);
  return [
    ...columns,
    ...columns.flatMap(({ id, unit }) =>
      rolesOf(rows, id).map((role) => ({
        id: `${id}-${role}`,
        unit: role === 'p' ? '1' : unit,
        beside: { column: id, role },
      })),
    ),
  ];
};

/** One replicate alone, with every column in every row. */
export interface FlatReplicate {
  readonly seed: number | null;
  readonly rows: readonly FlatRow[];
}

export interface FlatTable {
  readonly columns: readonly FlatColumn[];
  readonly replicates: readonly FlatReplicate[];
}

/** The flat form of a table or a series: a cell that a row lacks is null. */
export const flatten = (result: Pick<Table | Series, 'columns' | 'replicates'>): FlatTable => {
  const columns = flatColumns(result);
  return {
    columns,
    replicates: result.replicates.map(({ seed, rows }) => ({
      seed,
      rows: rows.map((row) => {
        const flat = flatRow(row);
        return Object.fromEntries(columns.map(({ id }) => [id, flat[id] ?? null]));
      }),
    })),
  };
};

/**
 * Seeds beside a table: its rows are of the first seed, and further columns hold the mean over seeds, its 95 %
 * interval, and what each further seed has in the place of a figure, of its null or of its init.
 */
import { PaperError } from '../engine/stage/index.ts';
import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import type { Cell, Column, Table } from './result-schema.ts';
import { keyColumns, rowKey } from './row-key.ts';

type Row = Readonly<Record<string, Cell>>;

/** A seed's number and its own table. */
export type SeedTable = readonly [seed: number, table: Table];

const spreadRoles = ['seed-mean', 'seed-low', 'seed-high'] as const;
const words = {
  'seed-mean': 'mean over seeds',
  'seed-low': 'lower bound over seeds',
  'seed-high': 'upper bound over seeds',
} as const;

/** Whether a column says something of seeds rather than of the first one. */
export const isSeedColumn = ({ beside }: Column): boolean =>
  beside !== undefined && (beside.seed !== undefined || spreadRoles.some((role) => role === beside.role));

const spreadColumns = ({ id, label, unit, format }: Column): readonly Column[] =>
  spreadRoles.map((role) => ({
    id: `${id}-${role}`,
    label: `${label}, ${words[role]}`,
    unit,
    ...(format ? { format } : {}),
    beside: { column: id, role },
  }));

const columnOfSeed = (column: Column, seed: number): Column => ({
  ...column,
  id: `${column.id}-seed-${seed}`,
  label: `${column.label}, seed ${seed}`,
  beside: { column: column.beside?.column ?? column.id, role: column.beside?.role ?? 'seed', seed },
});

/** Mean and interval of one figure, as cells; none where a seed has no number or all have the same. */
export const spreadCells = ({ id }: Column, cells: readonly Cell[]): Row => {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const varies = numbers.length === cells.length && new Set(numbers).size > 1;
  const { mean, low, high } = varies ? summariseSeeds(numbers) : { mean: null, low: null, high: null };
  return { [`${id}-seed-mean`]: mean, [`${id}-seed-low`]: low, [`${id}-seed-high`]: high };
};

/** The columns that stand beside one that differs between seeds. @param further seeds after the first */
export const seedColumns = (column: Column, further: readonly number[]): readonly Column[] => [
  ...(column.format && !column.beside ? spreadColumns(column) : []),
  ...further.map((seed) => columnOfSeed(column, seed)),
];

const requireAlike = ([first, table]: SeedTable, [seed, other]: SeedTable): void => {
  const rows = (of: Table): string => of.rows.map((row) => rowKey(of, row)).join(', ');
  const columns = (of: Table): string => of.columns.map(({ id }) => id).join(', ');
  for (const ids of [rows, columns]) {
    if (ids(table) === ids(other)) continue;
    throw new PaperError('SeedsDisagree', `table '${table.id}' is another one in seed ${seed}.`, {
      details: [`expected ${ids(table)} as in seed ${first}`, `received ${ids(other)}`],
      hint: 'an analysis gives the same rows and columns for every run of one shape: see its stage.',
    });
  }
};

/**
 * The first seed's table with the others beside it. A column that is the same in all gets nothing.
 *
 * @param tables two at least
 * @throws SeedsDisagree when rows or columns differ
 */
export const tableAcrossSeeds = (tables: readonly [SeedTable, ...SeedTable[]]): Table => {
  const [first, ...others] = tables;
  for (const other of others) requireAlike(first, other);
  const [, table] = first;
  const further = others.map(([seed]) => seed);
  const keys = keyColumns(table);
  const cellsOf = (id: string, row: number): readonly Cell[] =>
    tables.map(([, { rows }]) => rows[row]?.[id] ?? null);
  const varying = table.columns.filter(
    ({ id }) => !keys.includes(id) && table.rows.some((_, row) => new Set(cellsOf(id, row)).size > 1),
  );
  return {
    ...table,
    columns: [...table.columns, ...varying.flatMap((column) => seedColumns(column, further))],
    rows: table.rows.map((cells, row) => {
      const beside: Record<string, Cell> = {};
      for (const column of varying) {
        const ofSeeds = cellsOf(column.id, row);
        if (column.format && !column.beside) Object.assign(beside, spreadCells(column, ofSeeds));
        others.forEach(([seed], at) => {
          beside[columnOfSeed(column, seed).id] = ofSeeds[at + 1]!;
        });
      }
      return { ...cells, ...beside };
    }),
    seeds: {
      numbers: tables.map(([seed]) => seed),
      how: 'mean and half of its 95\u00a0% interval (Student’s t)',
    },
  };
};

/** The table of one seed alone, as its own analysis wrote it. */
export const tableOfSeed = (table: Table, seed: number): Table => {
  const columns = table.columns.filter((column) => !isSeedColumn(column));
  const { seeds, ...alone } = table;
  const known = new Set(table.columns.map(({ id }) => id));
  const source = (column: Column): string => {
    const { id } = columnOfSeed(column, seed);
    return known.has(id) ? id : column.id;
  };
  return {
    ...alone,
    columns,
    rows: table.rows.map((row) =>
      Object.fromEntries(columns.map((column) => [column.id, row[source(column)] ?? null])),
    ),
  };
};

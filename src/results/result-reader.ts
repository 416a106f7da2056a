import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { aggregates, type NamedValue, undefinedRows } from './derive-values.ts';
import type { Table } from './result-schema.ts';
import { rowKey } from './row-key.ts';
import { tableOfSeed } from './seed-columns.ts';

/** Numbers with their aggregates: what claims compare. */
export type Numbers = {
  readonly numbers: readonly number[];
} & { readonly [A in keyof typeof aggregates]: number };

/** A column of numbers, none of them undefined unless that is asked for. */
export type ColumnNumbers = Numbers & {
  /** The cells that are defined alone, where those that are not (dashes on the page) are meant to be left out. */
  readonly defined: Numbers;
};

/** How claims reach results: by table and column, and by row where one cell is meant. */
export interface ResultReader {
  /**
   * @throws UnknownTable, UnknownColumn with the nearest name; UndefinedCell as a number or an aggregate is read of a
   *   column with a cell that is not defined
   */
  column(table: string, column: string): ColumnNumbers;
  /** @throws UnknownRow, or the above */
  cell(table: string, row: string, column: string): number;
  rows(table: string): readonly string[];
  /** A number that stands alone. @throws UnknownValue */
  value(id: string): number;
  /** The seed that is read; null when no result knows of several. */
  readonly seed: number | null;
  /** The same results of every seed alone, in order: this reader itself where there is one. */
  readonly seeds: readonly ResultReader[];
}

const unknown = (kind: string, received: string, names: readonly string[]): PaperError =>
  new PaperError(`Unknown${kind}`, `there is no ${kind.toLowerCase()} '${received}'.`, {
    hint: nearestHint(received, names),
  });

const numbersOf = (numbers: readonly number[]): Numbers => ({
  numbers,
  ...(Object.fromEntries(Object.entries(aggregates).map(([aggregate, of]) => [aggregate, of(numbers)])) as {
    [A in keyof typeof aggregates]: number;
  }),
});

/** The same names, each of which tells which rows have no number. */
const undefinedNumbers = (table: Table, column: string): Numbers => {
  const rows = undefinedRows(table, column);
  const refuse = (): never => {
    throw new PaperError('UndefinedCell', `'${table.id}.${column}' is not defined in every row.`, {
      details: [`expected a number in each row; received none in ${rows.join(', ')}`],
      hint: `if these rows are meant to be left out, read \`column('${table.id}', '${column}').defined\`; a mean that drops rows in silence is of another quantity.`,
    });
  };
  const names = ['numbers', ...Object.keys(aggregates)];
  return Object.defineProperties(
    {},
    Object.fromEntries(names.map((name) => [name, { get: refuse, enumerable: false }])),
  ) as Numbers;
};

/** @param seed whose figures are read; null: those that stand in the results */
const readerOf = (
  tables: ReadonlyMap<string, Table>,
  values: ReadonlyMap<string, NamedValue>,
  onUse: (id: string) => void,
  seed: number | null,
): Omit<ResultReader, 'seeds'> => {
  const tableOf = (id: string): Table => {
    const table = tables.get(id);
    if (!table) throw unknown('Table', id, [...tables.keys()]);
    onUse(id);
    return seed === null || !table.seeds ? table : tableOfSeed(table, seed);
  };
  const columnOf = (table: Table, column: string): string => {
    if (table.columns.some(({ id }) => id === column)) return column;
    throw unknown(
      'Column',
      `${table.id}.${column}`,
      table.columns.map(({ id }) => `${table.id}.${id}`),
    );
  };
  return {
    seed,
    value: (id) => {
      const found = (values.get(`${id}.seed-${seed}`) ?? values.get(id))?.value;
      if (typeof found !== 'number') throw unknown('Value', id, [...values.keys()]);
      onUse(id);
      return found;
    },
    rows: (id) => {
      const table = tableOf(id);
      return table.rows.map((row) => rowKey(table, row));
    },
    column: (id, column) => {
      const table = tableOf(id);
      const name = columnOf(table, column);
      const numbers = table.rows.map((row) => row[name]).filter((cell) => typeof cell === 'number');
      if (numbers.length === 0) throw unknown('Column', `${id}.${column} of numbers`, []);
      const defined = numbersOf(numbers);
      if (numbers.length === table.rows.length) return { ...defined, defined };
      return Object.defineProperty(undefinedNumbers(table, name), 'defined', {
        value: defined,
      }) as ColumnNumbers;
    },
    cell: (id, row, column) => {
      const table = tableOf(id);
      const found = table.rows.find((candidate) => rowKey(table, candidate) === row);
      const cell = found?.[columnOf(table, column)];
      if (typeof cell === 'number') return cell;
      throw unknown(
        'Row',
        `${id}.${row}`,
        table.rows.map((candidate) => `${id}.${rowKey(table, candidate)}`),
      );
    },
  };
};

/** @param onUse told which table or value was read, so that a claim's key can name what it rests on */
export const createResultReader = (
  tables: ReadonlyMap<string, Table>,
  values: ReadonlyMap<string, NamedValue>,
  onUse: (id: string) => void,
): ResultReader => {
  const numbers = [...new Set([...tables.values()].flatMap(({ seeds }) => seeds?.numbers ?? []))];
  const alone = (seed: number | null): ResultReader => {
    const reader = readerOf(tables, values, onUse, seed);
    const self: ResultReader = {
      ...reader,
      get seeds() {
        return [self];
      },
    };
    return self;
  };
  return numbers.length === 0 ? alone(null) : { ...alone(numbers[0]!), seeds: numbers.map(alone) };
};

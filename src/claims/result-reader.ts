import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { aggregates } from '../results/aggregates.ts';
import { type NamedValue, undefinedRows } from '../results/derive-values.ts';
import { type FlatColumn, type FlatRow, flatten } from '../results/flat-table.ts';
import { remembered } from '../results/remembered.ts';
import { type ReplicateWords, seedWords } from '../results/replicate-words.ts';
import type { Table } from '../results/result-schema.ts';
import { rowKey } from '../results/row-key.ts';
import type { ColumnsOf, GivenName, ResultNames } from './paper-names.ts';

/** Numbers with their aggregates: what claims compare. */
export type Numbers = {
  readonly numbers: readonly number[];
} & { readonly [A in keyof typeof aggregates]: number };

/** A column of numbers, none of them undefined unless that is asked for. */
export type ColumnNumbers = Numbers & {
  /** The cells that are defined alone, where those that are not (dashes on the page) are meant to be left out. */
  readonly defined: Numbers;
};

/**
 * How claims reach results: by table and column, and by row where one cell is meant.
 *
 * @typeParam Names any unless given
 */
export interface ResultReader<Names extends ResultNames = ResultNames> {
  /**
   * @throws UnknownTable, UnknownColumn with the nearest name; UndefinedCell as a number or an aggregate is read of a
   *   column with a cell that is not defined
   */
  column<T extends string, C extends string>(
    table: GivenName<T, keyof Names['tables']>,
    column: GivenName<C, ColumnsOf<Names, T>>,
  ): ColumnNumbers;
  /** @throws UnknownRow; UndefinedCell or NotANumber where the cell holds none; or the above */
  cell<T extends string, C extends string>(
    table: GivenName<T, keyof Names['tables']>,
    row: string,
    column: GivenName<C, ColumnsOf<Names, T>>,
  ): number;
  rows<T extends string>(table: GivenName<T, keyof Names['tables']>): readonly string[];
  /** A number that stands alone. @throws UnknownValue, NotANumber */
  value<V extends string>(id: GivenName<V, Names['values']>): number;
  /**
   * The same reading of each replicate, the first one leading; of one alone, with seed null, where nothing that is read
   * has several.
   *
   * @throws SeedsDisagree when it reads results of different seeds together
   */
  eachSeed<T>(read: (results: ResultReader<Names>) => T): readonly Replicate<T>[];
}

/** What was read of one replicate. */
export interface Replicate<T> {
  readonly seed: number | null;
  readonly found: T;
  /** What replicates of what was read are called. */
  readonly called: ReplicateWords;
}

const unknown = (kind: string, received: string, names: readonly string[]): PaperError =>
  new PaperError(`Unknown${kind}`, `there is no ${kind.toLowerCase()} '${received}'.`, {
    hint: nearestHint(received, names),
  });

/** What is there and is no number: a word, or a cell that its stage left undefined. */
const noNumber = (received: string, found: unknown): PaperError =>
  typeof found === 'string'
    ? new PaperError('NotANumber', `'${received}' is a word.`, {
        details: [`expected a number; received '${found}'`],
        hint: 'a claim reads numbers: name a cell or a column that holds them.',
      })
    : new PaperError('UndefinedCell', `'${received}' is there, and holds no number.`, {
        details: ['expected a number; received null, by which a stage says that there is none'],
        hint: 'read what has a number, or let the stage give one there.',
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

/** A result with several replicates that was read, and their seeds. */
interface Repeated {
  readonly id: string;
  readonly seeds: readonly number[];
}

interface Source {
  readonly tables: ReadonlyMap<string, Table>;
  readonly values: ReadonlyMap<string, NamedValue>;
  /**
   * Told which table or value was read, so that a claim's key can name what it rests on; and of a table which column,
   * with the row where one cell is meant.
   */
  readonly onUse: (id: string, column?: string, row?: string) => void;
  /** What a table's replicates are called; of others nothing is said. */
  readonly calledIn?: (table: string) => ReplicateWords | undefined;
}

const seedMark = '.seed-';

const seedsOf = ({ replicates }: Table): readonly number[] => replicates.flatMap(({ seed }) => seed ?? []);

/** A claim reads a table cell by cell, for each seed. */
const flatOf = remembered((table: Table) => flatten(table));

/** By value, the seeds of which it has one each. */
const seedsByValue = remembered((values: Source['values']): ReadonlyMap<string, readonly number[]> => {
  const seeds = new Map<string, number[]>();
  for (const id of values.keys()) {
    const at = id.lastIndexOf(seedMark);
    if (at < 0) continue;
    const value = id.slice(0, at);
    seeds.set(value, [...(seeds.get(value) ?? []), Number(id.slice(at + seedMark.length))]);
  }
  return seeds;
});

/** One table of one replicate. */
interface OpenTable {
  readonly table: Table;
  readonly columns: readonly FlatColumn[];
  readonly rows: readonly FlatRow[];
}

/** @param seed whose figures are read; null: the first replicate's */
const readerOf = (
  source: Source,
  seed: number | null,
  onRepeated: (read: Repeated) => void,
): ResultReader => {
  const { tables, values, onUse } = source;
  const open = (id: string): OpenTable => {
    const table = tables.get(id);
    if (!table) throw unknown('Table', id, [...tables.keys()]);
    onUse(id);
    const { columns, replicates } = flatOf(table);
    if (replicates.length > 1) onRepeated({ id, seeds: seedsOf(table) });
    const own = replicates.find((replicate) => replicate.seed === seed) ?? replicates[0]!;
    return { table, columns, rows: own.rows };
  };
  const columnOf = ({ table, columns }: OpenTable, column: string): string => {
    if (columns.some(({ id }) => id === column)) return column;
    throw unknown(
      'Column',
      `${table.id}.${column}`,
      columns.map(({ id }) => `${table.id}.${id}`),
    );
  };
  return {
    eachSeed: (read) => eachSeed(source, read),
    value: (id) => {
      const repeated = seedsByValue(values).get(id) ?? [];
      if (repeated.length > 1) onRepeated({ id, seeds: repeated });
      const found = (values.get(`${id}.seed-${seed}`) ?? values.get(id))?.value;
      if (found === undefined) throw unknown('Value', id, [...values.keys()]);
      if (typeof found !== 'number') throw noNumber(id, found);
      onUse(id);
      return found;
    },
    rows: (id) => {
      const { table, rows } = open(id);
      return rows.map((row) => rowKey(table, row));
    },
    column: (id, column) => {
      const opened = open(id);
      const { table, rows } = opened;
      const name = columnOf(opened, column);
      onUse(id, name);
      const numbers = rows.map((row) => row[name]).filter((cell) => typeof cell === 'number');
      if (numbers.length === 0) {
        const word = rows.map((row) => row[name]).find((cell) => typeof cell === 'string');
        throw noNumber(`${id}.${column}`, word);
      }
      const defined = numbersOf(numbers);
      if (numbers.length === rows.length) return { ...defined, defined };
      return Object.defineProperty(undefinedNumbers(table, name), 'defined', {
        value: defined,
      }) as ColumnNumbers;
    },
    cell: (id, row, column) => {
      const opened = open(id);
      const { table, rows } = opened;
      const name = columnOf(opened, column);
      const found = rows.find((candidate) => rowKey(table, candidate) === row);
      const cell = found?.[name];
      if (typeof cell === 'number') {
        onUse(id, column, row);
        return cell;
      }
      if (found) throw noNumber(`${id}.${row}.${column}`, cell);
      throw unknown(
        'Row',
        `${id}.${row}`,
        rows.map((candidate) => `${id}.${rowKey(table, candidate)}`),
      );
    },
  };
};

/** Reads once to see which replicated results it is about, and then each of their replicates. */
const eachSeed = <T>(source: Source, read: (results: ResultReader) => T): readonly Replicate<T>[] => {
  const seen: Repeated[] = [];
  const first = read(readerOf(source, null, (repeated) => seen.push(repeated)));
  const [leading, ...others] = seen;
  if (!leading) return [{ seed: null, found: first, called: seedWords }];
  const words = ({ seeds }: Repeated): string => seeds.join(', ');
  const other = others.find((repeated) => words(repeated) !== words(leading));
  if (other) {
    throw new PaperError('SeedsDisagree', `'${leading.id}' and '${other.id}' are of different seeds.`, {
      details: [`expected seeds ${words(leading)} as of '${leading.id}'; received ${words(other)}`],
      hint: 'a claim over seeds reads results of the same ones: see the stages that make them.',
    });
  }
  const called = seen.map(({ id }) => source.calledIn?.(id)).find((words) => words) ?? seedWords;
  return leading.seeds.map((seed) => ({ seed, found: read(readerOf(source, seed, () => {})), called }));
};

/** Reads the first replicate of each result, or on demand each of them. */
export const createResultReader = (source: Source): ResultReader => readerOf(source, null, () => {});

import { PaperError } from '../engine/stage/index.ts';
import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import type { Cell, Column, Format, Table } from './result-schema.ts';
import { keyColumns, rowKey } from './row-key.ts';
import { isSeedColumn, tableOfSeed } from './seed-columns.ts';

/** A number or word that prose can name. */
export interface NamedValue {
  readonly value: number | string;
  readonly unit: string | null;
  readonly format: Format | undefined;
  /** What is printed in the place of an id. */
  readonly shown?: string;
}

/** Aggregates of a column of numbers, by the word that ends their id. */
export const aggregates = {
  mean: (numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length,
  min: (numbers) => numbers.reduce((a, b) => Math.min(a, b)),
  max: (numbers) => numbers.reduce((a, b) => Math.max(a, b)),
  'mean-abs': (numbers) => numbers.reduce((sum, x) => sum + Math.abs(x), 0) / numbers.length,
  'max-abs': (numbers) => numbers.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  first: (numbers) => numbers[0]!,
  last: (numbers) => numbers.at(-1)!,
} as const satisfies Record<string, (numbers: readonly number[]) => number>;

const isNumber = (cell: Cell | undefined): cell is number => typeof cell === 'number';

/** The rows of a column that hold no number: what no aggregate may leave out in silence. */
export const undefinedRows = (table: Table, column: string): readonly string[] =>
  table.rows.filter((row) => !isNumber(row[column])).map((row) => rowKey(table, row));

/** A width has no sign to show, and as many digits as it needs not to look like none. */
const widthFormat = (format: Format | undefined, width: number): Format | undefined => {
  if (format === undefined || !('digits' in format)) return format;
  if (format.style === 'scientific' || format.style === 'significant') return format;
  const shown = format.style === 'share' ? width * 100 : width;
  const digits = Math.min(12, Math.max(format.digits, Math.ceil(-Math.log10(shown))));
  return { style: format.style === 'share' ? 'share' : 'fixed', digits };
};

/** A figure of each seed, the first one leading; null where a seed has none. */
type BySeed = readonly (readonly [seed: number, cell: Cell])[];

/**
 * What seeds say of one figure: `<figure>.seeds.<mean, low, high or half-width>` where all have a number and not
 * all the same one, and `<figure>.seed-<k>` of each further seed.
 */
const seedValues = (
  figure: string,
  bySeed: BySeed,
  { unit, format }: Column,
): readonly (readonly [string, NamedValue])[] => {
  const own = bySeed
    .slice(1)
    .flatMap(([seed, value]) =>
      value === null ? [] : [[`${figure}.seed-${seed}`, { value, unit, format }] as const],
    );
  const numbers = bySeed.map(([, cell]) => cell).filter(isNumber);
  if (numbers.length < bySeed.length || new Set(numbers).size < 2) return own;
  const { mean, low, high, halfWidth } = summariseSeeds(numbers);
  return [
    ...Object.entries({ mean, low, high }).map(
      ([name, value]) => [`${figure}.seeds.${name}`, { value, unit, format }] as const,
    ),
    [
      `${figure}.seeds.half-width`,
      { value: halfWidth, unit, format: widthFormat(format, halfWidth) },
    ] as const,
    ...own,
  ];
};

/** Seeds of each figure in a column that differs between them, and of each aggregate of such a column. */
const deriveSeedValues = (table: Table): readonly (readonly [string, NamedValue])[] => {
  const tables = (table.seeds?.numbers ?? []).map((seed) => [seed, tableOfSeed(table, seed)] as const);
  const bySeed = (read: (of: Table) => Cell | undefined): BySeed =>
    tables.map(([seed, of]) => [seed, read(of) ?? null] as const);
  const differs = ({ id }: Column): boolean =>
    table.columns.some(({ beside }) => beside?.column === id && beside.role === 'seed');
  return table.columns.filter(differs).flatMap((column) => [
    ...table.rows.flatMap((row, at) =>
      seedValues(
        `${table.id}.${rowKey(table, row)}.${column.id}`,
        bySeed(({ rows }) => rows[at]?.[column.id]),
        column,
      ),
    ),
    ...Object.entries(aggregates).flatMap(([name, aggregate]) =>
      seedValues(
        `${table.id}.${column.id}.${name}`,
        bySeed(({ rows }) => {
          const numbers = rows.map((row) => row[column.id]).filter(isNumber);
          return numbers.length === 0 || numbers.length < rows.length ? null : aggregate(numbers);
        }),
        column,
      ),
    ),
  ]);
};

const ambiguous = ({ id: table }: Table, id: string): PaperError =>
  new PaperError('DuplicateResult', `two values of table '${table}' are named '${id}'.`, {
    details: ['a row and a column of it have names that make a cell read like an aggregate, or like a seed'],
    hint: `rename the row or the column: ${Object.keys(aggregates).join(', ')}, seeds and seed-<k> are taken.`,
  });

/**
 * Everything in a table that prose can name, derived once: each cell as `<table>.<row>.<column>` and, of each
 * column of numbers that is defined in every row, `<table>.<column>.<aggregate>`: both of the first seed. With several seeds either name goes
 * on: `.seeds.mean`, `.seeds.low`, `.seeds.high`, `.seeds.half-width` and, for a further seed, `.seed-2`.
 *
 * @throws DuplicateResult when a cell and an aggregate have one name
 */
export const deriveValues = (table: Table): ReadonlyMap<string, NamedValue> => {
  const values = new Map<string, NamedValue>();
  const put = (id: string, value: NamedValue): void => {
    if (values.has(id)) throw ambiguous(table, id);
    values.set(id, value);
  };
  for (const column of table.columns) {
    if (isSeedColumn(column)) continue;
    const { id, unit, format, words } = column;
    for (const row of table.rows) {
      const cell = row[id] ?? null;
      if (cell === null) continue;
      const shown = words && Object.hasOwn(words, cell) ? words[cell] : undefined;
      put(`${table.id}.${rowKey(table, row)}.${id}`, {
        value: cell,
        unit,
        format,
        ...(shown === undefined ? {} : { shown }),
      });
    }
    if (keyColumns(table).includes(id)) continue;
    const numbers = table.rows.map((row) => row[id]).filter(isNumber);
    if (numbers.length === 0 || numbers.length < table.rows.length) continue;
    for (const [name, aggregate] of Object.entries(aggregates)) {
      put(`${table.id}.${id}.${name}`, { value: aggregate(numbers), unit, format });
    }
  }
  for (const [id, value] of deriveSeedValues(table)) put(id, value);
  return values;
};

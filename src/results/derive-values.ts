import { PaperError } from '../engine/stage/index.ts';
import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import { type AggregateName, aggregateNames, aggregateOf, aggregates } from './aggregates.ts';
import { flatten } from './flat-table.ts';
import type { Format } from './format.ts';
import { defaultFormat } from './present-table.ts';
import type { Headline, ShownColumn, TablePresentation, ValuePresentation } from './presentation.ts';
import type { PlainCell, Table, Value } from './result-schema.ts';
import { keyColumns, rowKey } from './row-key.ts';

/** A number or word that prose can name. */
export interface NamedValue {
  readonly value: number | string;
  readonly unit: string | null;
  readonly format: Format | undefined;
  /** Of a value that stands alone: what it is, and whose definition that is. */
  readonly definition?: string;
  readonly whose?: ShownColumn['whose'];
  /** What is printed in the place of an id. */
  readonly shown?: string;
  /** The value that is printed where this one is named: of several replicates the mean, unless the first one leads. */
  readonly headline?: string;
}

type Named = readonly [id: string, value: NamedValue];

/** A figure of each replicate, the first one leading. */
type BySeed = readonly (readonly [seed: number | null, cell: PlainCell])[];

const isNumber = (cell: PlainCell | undefined): cell is number => typeof cell === 'number';

/** The rows of a column that hold no number in some replicate: what no aggregate may leave out in silence. */
export const undefinedRows = (table: Table, column: string): readonly string[] => {
  const rows = flatten(table).replicates.flatMap((replicate) => replicate.rows);
  return [...new Set(rows.filter((row) => !isNumber(row[column])).map((row) => rowKey(table, row)))];
};

/** A width has no sign to show, and as many digits as it needs not to look like none. */
const widthFormat = (format: Format | undefined, width: number): Format | undefined => {
  if (format === undefined || !('digits' in format)) return format;
  if (format.style === 'scientific' || format.style === 'significant') return format;
  const shown = format.style === 'share' ? width * 100 : width;
  const digits = Math.min(12, Math.max(format.digits, Math.ceil(-Math.log10(shown))));
  return { style: format.style === 'share' ? 'share' : 'fixed', digits };
};

/** What a figure of several seeds is that is an extreme in each: that of all, and no mean of extremes. */
const extremes = { min: 'min', max: 'max', 'max-abs': 'max' } as const satisfies Partial<
  Record<AggregateName, AggregateName>
>;
const extremeOf = (name: AggregateName) => (Object.hasOwn(extremes, name) ? extremes[name as 'min'] : null);

/**
 * One figure by its name: the first replicate's, and of several `.seed-<k>` each and, where all have a number and not
 * all the same one, `.seeds.<mean, low, high or half-width>`; of an extreme `.seeds.<min or max>` as well.
 */
const figureValues = (
  id: string,
  bySeed: BySeed,
  { unit, format, words }: Pick<ShownColumn, 'unit' | 'format' | 'words'>,
  headline: Headline,
  extreme: (typeof extremes)[keyof typeof extremes] | null = null,
): readonly Named[] => {
  const named = (value: number | string): NamedValue => {
    const shown =
      typeof value === 'string' && words && Object.hasOwn(words, value) ? words[value] : undefined;
    return { value, unit, format, ...(shown === undefined ? {} : { shown }) };
  };
  const first = bySeed[0]?.[1] ?? null;
  const own: Named[] =
    bySeed.length === 1
      ? []
      : bySeed.flatMap(([seed, cell]) =>
          cell === null ? [] : [[`${id}.seed-${seed}`, named(cell)] as const],
        );
  const numbers = bySeed.map(([, cell]) => cell).filter(isNumber);
  const varies = numbers.length === bySeed.length && new Set(numbers).size > 1;
  if (first === null) return own;
  if (!varies) return [[id, named(first)], ...own];
  const { mean, low, high, halfWidth } = summariseSeeds(numbers);
  const overSeeds = { mean, low, high, ...(extreme && { [extreme]: aggregates[extreme](numbers) }) };
  return [
    [
      id,
      {
        ...named(first),
        headline: headline === 'mean' ? `${id}.seeds.${extreme ?? 'mean'}` : `${id}.seed-${bySeed[0]![0]}`,
      },
    ],
    ...Object.entries(overSeeds).map(([name, of]) => [`${id}.seeds.${name}`, named(of)] as const),
    [`${id}.seeds.half-width`, { value: halfWidth, unit, format: widthFormat(format, halfWidth) }],
    ...own,
  ];
};

const ambiguous = ({ id: table }: Table, id: string): PaperError =>
  new PaperError('DuplicateResult', `two values of table '${table}' are named '${id}'.`, {
    details: ['a row and a column of it have names that make a cell read like an aggregate, or like a seed'],
    hint: `rename the row or the column: ${aggregateNames.join(', ')}, seeds and seed-<k> are taken.`,
  });

/**
 * Everything in a table that prose can name, derived once: each cell as `<table>.<row>.<column>` and, of each
 * column of numbers that is defined in every row, `<table>.<column>.<aggregate>`: both of the first replicate. With
 * several either name goes on: `.seeds.mean`, `.seeds.low`, `.seeds.high`, `.seeds.half-width` and `.seed-2`. An extreme's
 * headline is that of all replicates: `.seeds.min` or `.seeds.max`.
 *
 * @throws DuplicateResult when a cell and an aggregate have one name
 */
export const deriveValues = (
  table: Table,
  { headline, columns: shown }: TablePresentation,
): ReadonlyMap<string, NamedValue> => {
  const values = new Map<string, NamedValue>();
  const put = (named: readonly Named[]): void => {
    for (const [id, value] of named) {
      if (values.has(id)) throw ambiguous(table, id);
      values.set(id, value);
    }
  };
  const { columns, replicates } = flatten(table);
  const rows = replicates[0]!.rows.map((row) => rowKey(table, row));
  /** Of replicates that differ a mean is printed, which is no count. */
  const isCount = ({ id, countOf }: ShownColumn, at: number): boolean =>
    countOf !== undefined &&
    isNumber(replicates[0]!.rows[at]![countOf]) &&
    new Set(replicates.map(({ rows }) => rows[at]![id])).size === 1;
  for (const { id } of columns) {
    const of = shown[id]!;
    rows.forEach((row, at) => {
      put(
        figureValues(
          `${table.id}.${row}.${id}`,
          replicates.map(({ seed, rows }) => [seed, rows[at]![id]!]),
          isCount(of, at) ? { ...of, format: { style: 'count' } } : of,
          headline,
        ),
      );
    });
    if (keyColumns(table).includes(id)) continue;
    for (const name of aggregateNames) {
      put(
        figureValues(
          `${table.id}.${id}.${name}`,
          replicates.map(({ seed, rows }) => [seed, aggregateOf(rows, id, name)]),
          of,
          headline,
          extremeOf(name),
        ),
      );
    }
  }
  return values;
};

/** The names of a value that stands alone. */
export const deriveValue = (
  { id, unit, replicates }: Value,
  { headline, format, unit: words, definition, whose }: ValuePresentation,
): readonly Named[] => {
  const shown = format ?? defaultFormat(replicates.map(({ value }) => value).filter(isNumber));
  const told = { ...(definition ? { definition } : {}), ...(whose ? { whose } : {}) };
  return figureValues(
    id,
    replicates.map(({ seed, value }) => [seed, value]),
    { unit: words ?? unit, ...(shown ? { format: shown } : {}) },
    headline,
  ).map(([name, value]) => [name, name === id ? { ...value, ...told } : value]);
};

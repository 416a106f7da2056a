/** What a schema cannot say of a result: rows are there, told apart, made of the columns that are named, and alike in every replicate. */
import { type FlatColumn, flatColumns } from './flat-table.ts';
import type { ResultInput, Row } from './result-schema.ts';
import { keyColumns, keyParts, rowKey, rowLabel } from './row-key.ts';

export interface ContentFault {
  /** Where in the result. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly details: readonly string[];
}

type Rows = Extract<ResultInput, { readonly kind: 'table' | 'series' }>;
type Path = readonly (string | number)[];

const fault = (path: Path, message: string, ...details: readonly string[]): ContentFault => ({
  path,
  message,
  details,
});

const twiceIn = <T>(values: readonly T[]): T | undefined =>
  values.find((value, at) => values.indexOf(value) !== at);

const figureOf = (cell: Row[string] | undefined): Row[string] | undefined =>
  typeof cell === 'object' && cell !== null ? cell.value : cell;

/** A column holds numbers or words, never both: one that does has been put together wrongly. */
const mixedColumn = (name: string, rows: readonly Row[], path: Path, ids: readonly string[]) => {
  for (const id of ids) {
    const number = rows.findIndex((row) => typeof figureOf(row[id]) === 'number');
    const word = rows.findIndex((row) => typeof figureOf(row[id]) === 'string');
    if (number >= 0 && word >= 0) {
      return fault(
        [...path, Math.max(number, word), id],
        `column '${id}' of ${name} holds a number and a word`,
        `row ${number} has ${figureOf(rows[number]![id])}; row ${word} has '${figureOf(rows[word]![id])}'`,
      );
    }
  }
  return undefined;
};

/** What has a unit is a figure: a number in quotation marks would be printed as it stands, and be in no mean. */
const wordAmongNumbers = ({ columns }: Rows, name: string, rows: readonly Row[], path: Path) => {
  for (const { id, unit } of columns) {
    const at = unit === null ? -1 : rows.findIndex((row) => typeof figureOf(row[id]) === 'string');
    if (at >= 0) {
      return fault(
        [...path, at, id],
        `row ${at} of ${name} has a word in '${id}', a column of numbers`,
        `expected a number, or null where it is not defined; received '${figureOf(rows[at]![id])}'`,
        'a column of words, or of numbers that are names, is a nameColumn',
      );
    }
  }
  return undefined;
};

/** @param name for a reader: `table 'x'` */
const rowsFault = (
  result: Rows,
  name: string,
  rows: readonly Row[],
  path: Path,
): ContentFault | undefined => {
  const ids = result.columns.map(({ id }) => id);
  if (rows.length === 0)
    return fault(path, `${name} has no rows`, 'expected one row at least; received none');
  for (const [at, row] of rows.entries()) {
    const missing = ids.find((id) => !Object.hasOwn(row, id));
    if (missing !== undefined) {
      return fault(
        [...path, at],
        `row ${at} of ${name} lacks the cell '${missing}'`,
        `expected ${ids.join(', ')}; null where a quantity is not defined`,
      );
    }
    const extra = Object.keys(row).find((id) => !ids.includes(id));
    if (extra !== undefined) {
      return fault(
        [...path, at, extra],
        `row ${at} of ${name} has a cell '${extra}' that no column names`,
        `expected ${ids.join(', ')}`,
      );
    }
  }
  const mixed = mixedColumn(name, rows, path, ids) ?? wordAmongNumbers(result, name, rows, path);
  if (mixed || result.kind === 'series') return mixed;
  const seen = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const unnamed = keyColumns(result).find((id) => figureOf(row[id]) === null);
    if (unnamed !== undefined)
      return fault([...path, at], `row ${at} of ${name} has no '${unnamed}' to name it`);
    const key = rowKey(result, row);
    if (keyParts(result, row).includes('')) {
      return fault(
        [...path, at],
        `row ${at} of ${name} has '${rowLabel(result, row)}' to name it`,
        'expected a letter or a digit; received none',
      );
    }
    const first = seen.get(key);
    if (first !== undefined)
      return fault(
        [...path, at],
        `rows ${first} and ${at} of ${name} are both named '${key}'`,
        `row ${first} has '${rowLabel(result, rows[first]!)}'; row ${at} has '${rowLabel(result, row)}'`,
        'a name has letters and digits alone, in lower case: tell the rows apart by them, or by one more key column',
      );
    seen.set(key, at);
  }
  return undefined;
};

const columnsFault = (result: Rows, name: string): ContentFault | undefined => {
  const replicates = result.replicates ?? [{ seed: null, rows: result.rows ?? [] }];
  const flat: readonly FlatColumn[] = flatColumns({ columns: result.columns, replicates });
  const twice = twiceIn(flat.map(({ id }) => id));
  return twice === undefined
    ? undefined
    : fault(
        ['columns'],
        `${name} has two columns '${twice}'`,
        'what stands beside a column has its name and a word: -null-low, -p, or the id under `beside`',
      );
};

/** Every replicate has the first one's rows. */
const unlikeReplicates = (result: Rows, name: string): ContentFault | undefined => {
  const [first, ...others] = result.replicates ?? [];
  const seeds = twiceIn((result.replicates ?? []).map(({ seed }) => seed));
  if (seeds !== undefined) return fault(['replicates'], `${name} has two replicates of seed ${seeds}`);
  if (!first || result.kind === 'series') return undefined;
  const keysOf = ({ rows }: { readonly rows: readonly Row[] }): string =>
    rows.map((row) => rowKey(result, row)).join(', ');
  const other = others.findIndex((replicate) => keysOf(replicate) !== keysOf(first));
  return other < 0
    ? undefined
    : fault(
        ['replicates', other + 1],
        `${name} has other rows for seed ${others[other]!.seed}`,
        `expected ${keysOf(first)} as for seed ${first.seed}; received ${keysOf(others[other]!)}`,
      );
};

/** The first thing that makes a result say nothing, or two things at once. */
export const contentFault = (result: ResultInput): ContentFault | undefined => {
  const name = `${result.kind} '${result.id}'`;
  const both = result.kind === 'value' ? result.value : result.rows;
  if ((both === undefined) === (result.replicates === undefined)) {
    const what = result.kind === 'value' ? 'a value' : 'rows';
    return fault([], `${name} must have either ${what} or replicates`);
  }
  if (result.kind === 'value') {
    if (result.unit !== null && typeof result.value === 'string') {
      return fault(
        ['value'],
        `${name} is a word, and has a unit`,
        `expected a number, or no unit; received '${result.value}' in ${result.unit}`,
      );
    }
    const seed = twiceIn((result.replicates ?? []).map((replicate) => replicate.seed));
    return seed === undefined
      ? undefined
      : fault(['replicates'], `${name} has two replicates of seed ${seed}`);
  }
  const keys = result.kind === 'table' ? keyColumns(result) : [];
  const stranger = keys.find((key) => !result.columns.some(({ id }) => id === key));
  if (stranger !== undefined) return fault(['keys'], `${name} has no column '${stranger}' to name its rows`);
  const all: readonly (readonly [readonly Row[], Path])[] = result.rows
    ? [[result.rows, ['rows']]]
    : result.replicates!.map(({ rows }, at) => [rows, ['replicates', at, 'rows']]);
  for (const [rows, path] of all) {
    const found = rowsFault(result, name, rows, path);
    if (found) return found;
  }
  return columnsFault(result, name) ?? unlikeReplicates(result, name);
};

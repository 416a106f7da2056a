/** What a figure can draw, by the name that a specification gives as its data. */

import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import { type FlatRow, type FlatTable, flatten } from './flat-table.ts';
import type { PaperData, TableData } from './paper-data.ts';
import type { ReportedCell } from './reported.ts';
import type { PlainCell, Series } from './result-schema.ts';

/** Rows by dataset; a field is a column of the flat form. */
export type Datasets = Readonly<Record<string, readonly FlatRow[]>>;

/** All replicates, one below the other; where there are several each row says of which seed it is. */
const everyReplicate = ({ replicates }: FlatTable): readonly FlatRow[] =>
  replicates.flatMap(({ seed, rows }) => (seed === null ? rows : rows.map((row) => ({ seed, ...row }))));

/**
 * A row a row, with the mean of each figure over replicates and its 95 % interval as `<column>-low` and `-high`. What
 * stands beside a figure is the first replicate's.
 *
 * @returns undefined where rows do not answer to each other, as those of a curve that ends early
 */
const overReplicates = ({ columns, replicates }: FlatTable): readonly FlatRow[] | undefined => {
  const [first, ...others] = replicates.map(({ rows }) => rows);
  if (!first || others.some(({ length }) => length !== first.length)) return undefined;
  return first.map((row, at) => {
    const mean: Record<string, PlainCell> = { ...row };
    for (const { id, beside } of columns) {
      if (beside) continue;
      const cells = replicates.map(({ rows }) => rows[at]![id]!);
      const numbers = cells.filter((cell) => typeof cell === 'number');
      if (numbers.length < cells.length || new Set(numbers).size < 2) continue;
      const { mean: centre, low, high } = summariseSeeds(numbers);
      Object.assign(mean, { [id]: centre, [`${id}-low`]: low, [`${id}-high`]: high });
    }
    return mean;
  });
};

const datasetsOf = (id: string, result: FlatTable): Datasets => {
  const mean = overReplicates(result);
  return { [id]: everyReplicate(result), ...(mean ? { [`${id}.mean`]: mean } : {}) };
};

/** A figure as printed is a number; of a range of two the lower end has the column's name, the upper `-high`. */
const reportedCells = (column: string, cell: ReportedCell): Readonly<Record<string, PlainCell>> => {
  const plain = (text: string | number | boolean | null): PlainCell => {
    if (text === null || typeof text === 'boolean') return null;
    return typeof text === 'number' || text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  };
  return Array.isArray(cell)
    ? { [column]: plain(cell[0]), [`${column}-high`]: plain(cell[1]) }
    : { [column]: plain(cell) };
};

const numberOf = ([bound, text]: readonly [string, string | undefined]): Readonly<Record<string, number>> =>
  text === undefined ? {} : { [bound]: Number(text) };

const reportedDataset = ({ id, reported }: TableData): Datasets =>
  reported === null
    ? {}
    : {
        [`${id}.reported`]: reported.rows.map((row) =>
          Object.assign({}, ...Object.entries(row).map(([column, cell]) => reportedCells(column, cell))),
        ),
      };

/** What a paper says besides its results, a row each: a claim's verdict, for a word; a bound that the original states. */
const saidDatasets = ({ claims, statements }: Pick<PaperData, 'claims' | 'statements'>): Datasets =>
  Object.fromEntries([
    ...Object.entries(claims).map(([id, { verdict }]) => [`claim.${id}`, [{ claim: id, verdict }]] as const),
    ...statements.map(
      ({ id, low, high, about }) =>
        [
          `statement.${id}`,
          [Object.assign({ statement: id }, ...Object.entries({ low, high, about }).map(numberOf))],
        ] as const,
    ),
  ]);

/**
 * `<result>`: all replicates; `<result>.mean`: one row a row with the mean over replicates; `<table>.reported`: what
 * the original reports; `claim.<id>`: its verdict; `statement.<id>`: the bounds of what the original says in words.
 */
export const figureDatasets = ({
  tables,
  series,
  claims,
  statements,
}: Pick<PaperData, 'tables' | 'series' | 'claims' | 'statements'>): Datasets =>
  Object.assign(
    saidDatasets({ claims, statements }),
    ...Object.values<TableData | Series>({ ...series, ...tables }).map((result) =>
      datasetsOf(result.id, flatten(result)),
    ),
    ...Object.values(tables).map(reportedDataset),
  );

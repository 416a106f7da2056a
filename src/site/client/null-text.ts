import { digits } from './digits.ts';
import type { ReplicatePart } from './replicate-part.ts';
import type { Row, TableJson } from './table-json.ts';

export const numberAt = (row: Row | undefined, column: string): number | undefined => {
  const cell = row?.[column];
  return typeof cell === 'number' ? cell : undefined;
};

const model = ({ nullModel, nullDraws }: TableJson): readonly string[] =>
  nullModel === null ? [] : [`${nullDraws === null ? '' : `${nullDraws} draws of `}${nullModel}`];

const ends = (low: number, high: number): string => `${digits(low)} to ${digits(high)}`;
const middle95 = 'the middle 95 %';

/** A null of one row of one replicate, and how far the figure that stands there lies from it. */
const nullAt = (row: Row | undefined, column: string) => {
  const [low, high, mean, sd, p] = ['null-low', 'null-high', 'null-mean', 'null-sd', 'p'].map((role) =>
    numberAt(row, `${column}-${role}`),
  );
  if (low === undefined && p === undefined) return undefined;
  const value = numberAt(row, column);
  return {
    range: low === undefined || high === undefined ? undefined : ends(low, high),
    mean,
    deviations:
      sd === undefined || mean === undefined || value === undefined || sd === 0
        ? undefined
        : (value - mean) / sd,
    p,
  };
};

/** What the null of a cell says of the figure that stands there. */
const nullOfOne = (row: Row | undefined, column: string): string | undefined => {
  const found = nullAt(row, column);
  if (!found) return undefined;
  const { range, mean, deviations, p } = found;
  return [
    ...(range === undefined ? [] : [`${range}, ${middle95}`]),
    ...(mean === undefined ? [] : [`mean ${digits(mean)}`]),
    ...(deviations === undefined
      ? []
      : [`this figure lies ${digits(deviations)} standard deviations from it`]),
    ...(p === undefined ? [] : [`p ${digits(p)}, of this figure alone: not corrected for other tests`]),
  ].join('; ');
};

/** More than these would be a list that nobody reads: then the extent of their nulls is told. */
const listedReplicates = 5;

/** What the nulls of single replicates say, each of its own figure: of what is told of all together none was drawn. */
const nullOfEach = (json: TableJson, at: number, column: string): string | undefined => {
  const each = (json.replicates ?? []).flatMap(({ seed, rows }) => {
    const found = nullAt(rows[at], column);
    return found ? [{ seed, ...found }] : [];
  });
  if (each.length === 0) return undefined;
  const { one } = json.replicateWords;
  const none = 'none was drawn of this figure';
  if (each.length > listedReplicates) return [none, extentText(json, [at], column, one) ?? ''].join('; ');
  const told = each.map(({ seed, range, deviations, p }) =>
    [
      `${one} ${seed}’s is ${range ?? 'of no known extent'}`,
      ...(deviations === undefined
        ? []
        : [`from whose mean its own figure lies ${digits(deviations)} standard deviations`]),
      ...(p === undefined ? [] : [`p ${digits(p)}`]),
    ].join(', '),
  );
  const corrected = each.some(({ p }) => p !== undefined) ? ['no p is corrected for other tests'] : [];
  return [none, ...told, `${middle95} of each`, ...corrected].join('; ');
};

/** Rows of every replicate, or of the only one. */
const rowsOfEach = ({ rows, replicates }: TableJson): readonly (readonly Row[])[] =>
  replicates?.map((of) => of.rows) ?? [rows];

const boundsIn = (rows: readonly (Row | undefined)[], column: string) =>
  rows.flatMap((row) => {
    const [low, high] = ['low', 'high'].map((end) => numberAt(row, `${column}-null-${end}`));
    return low === undefined || high === undefined ? [] : [{ low, high }];
  });

/** Between which ends the nulls of some rows lie, in every replicate. @param one what has a null of its own */
const extentText = (
  json: TableJson,
  at: readonly number[],
  column: string,
  one: string,
): string | undefined => {
  const bounds = boundsIn(
    rowsOfEach(json).flatMap((rows) => at.map((index) => rows[index])),
    column,
  );
  if (bounds.length === 0) return undefined;
  const lowest = Math.min(...bounds.map(({ low }) => low));
  const highest = Math.max(...bounds.map(({ high }) => high));
  return bounds.every(({ low, high }) => low === lowest && high === highest)
    ? `${ends(lowest, highest)}, ${middle95}, of any one ${one}`
    : `each ${one} has its own, ${middle95} of which lie between ${digits(lowest)} and ${digits(highest)}`;
};

/**
 * What a null says of one cell. A null is drawn of a replicate's own figure: of what is told of several, each one's is
 * told as that.
 */
export const nullOfCell = (
  json: TableJson,
  row: Row,
  column: string,
  part: ReplicatePart | undefined,
): string | undefined => {
  const at = json.rows.indexOf(row);
  const { replicates } = json;
  const own = replicates?.find(({ seed }) => seed === part?.seed);
  const ofEach = new Set(rowsOfEach(json).map((rows) => nullOfOne(rows[at], column)));
  // Where they are one in every replicate, so are the figures that they are told of.
  const told =
    own || (ofEach.size === 1 && !part)
      ? nullOfOne(own ? own.rows[at] : row, column)
      : nullOfEach(json, at, column);
  return told === undefined ? undefined : [told, ...model(json)].join('; ');
};

/** What another result's null says of this very figure. */
export const nullOfFigure = (
  { nulls, replicateWords }: TableJson,
  name: string,
  part: ReplicatePart | undefined,
): string | undefined => {
  const [low, high, title] = nulls[name] ?? [];
  if (low === undefined || high === undefined) return undefined;
  const of = !part || part.isWhole ? 'this very figure' : `the mean over ${replicateWords.many}`;
  return `${ends(low, high)}, ${middle95}, of ${of}; from “${title}”`;
};

/** What the nulls of a column's rows say of an aggregate: of single rows, since what is drawn is of a row. */
export const nullOfColumn = (json: TableJson, column: string): string | undefined => {
  const one = json.replicates ? `row of a ${json.replicateWords.one}` : 'row';
  const extent = extentText(json, [...json.rows.keys()], column, one);
  return extent === undefined
    ? undefined
    : [extent, 'none was drawn of the rows together', ...model(json)].join('; ');
};

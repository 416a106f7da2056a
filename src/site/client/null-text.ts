import { digits } from './digits.ts';
import type { Row, TableJson } from './table-json.ts';

export const numberAt = (row: Row | undefined, column: string): number | undefined => {
  const cell = row?.[column];
  return typeof cell === 'number' ? cell : undefined;
};

const model = ({ nullModel, nullDraws }: TableJson): readonly string[] =>
  nullModel === null ? [] : [`${nullDraws === null ? '' : `${nullDraws} draws of `}${nullModel}`];

const range = (low: number, high: number): string => `${digits(low)} to ${digits(high)}, the middle 95 %`;

/** What a null says of one cell. */
export const nullOfCell = (json: TableJson, row: Row, column: string): string | undefined => {
  const [low, high, mean, sd, p] = ['null-low', 'null-high', 'null-mean', 'null-sd', 'p'].map((role) =>
    numberAt(row, `${column}-${role}`),
  );
  if (low === undefined && p === undefined) return undefined;
  const value = numberAt(row, column);
  return [
    ...(low === undefined || high === undefined ? [] : [range(low, high)]),
    ...(mean === undefined ? [] : [`mean ${digits(mean)}`]),
    ...(sd === undefined || mean === undefined || value === undefined || sd === 0
      ? []
      : [`this figure lies ${digits((value - mean) / sd)} standard deviations from it`]),
    ...(p === undefined ? [] : [`p ${digits(p)}, of this figure alone: not corrected for other tests`]),
    ...model(json),
  ].join('; ');
};

/** What another result's null says of this very figure. */
export const nullOfFigure = ({ nulls }: TableJson, name: string): string | undefined => {
  const [low, high, title] = nulls[name] ?? [];
  return low === undefined || high === undefined
    ? undefined
    : `${range(low, high)}, of this very figure; from “${title}”`;
};

/** What the nulls of a column's rows say of an aggregate: of single rows, since what is drawn is of a row. */
export const nullOfColumn = (json: TableJson, column: string): string | undefined => {
  const bounds = json.rows.flatMap((row) => {
    const [low, high] = ['low', 'high'].map((end) => numberAt(row, `${column}-null-${end}`));
    return low === undefined || high === undefined ? [] : [{ low, high }];
  });
  if (bounds.length === 0) return undefined;
  const lowest = Math.min(...bounds.map(({ low }) => low));
  const highest = Math.max(...bounds.map(({ high }) => high));
  const isShared = bounds.every(({ low, high }) => low === lowest && high === highest);
  return [
    isShared
      ? `${range(lowest, highest)}, of any one row`
      : `each row has its own, the middle 95 % of which lie between ${digits(lowest)} and ${digits(highest)}`,
    'none was drawn of the rows together',
    ...model(json),
  ].join('; ');
};

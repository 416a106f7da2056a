/** One thing that the original's figures say about each other or about its text, and how it is read. */
import reported from '../../../content/paper-54/reported.json' with { type: 'json' };
import { contains, type Interval, onCorners, overlap, printed } from './interval.ts';

export interface Check {
  readonly check: string;
  /** What is compared, in words. */
  readonly relation: string;
  /** What the figures imply. */
  readonly implied: Interval;
  /** What the paper states, or what its words need. */
  readonly stated: Interval;
  readonly agrees: boolean;
}

export const { setting } = reported;

type Row = Readonly<Record<string, unknown>>;
type TableId = keyof typeof reported.tables;

export const rowsOf = (table: TableId): readonly Row[] => reported.tables[table].rows;
export const rowWhere = (table: TableId, column: string, value: unknown): Row | undefined =>
  rowsOf(table).find((row) => row[column] === value);

/** A printed figure; a range of two stands for all between. */
export const figure = (row: Row | undefined, column: string): Interval => {
  const [low, high] = [row?.[column]].flat().map((text) => printed(String(text)));
  return { low: low!.low, high: (high ?? low)!.high };
};

/** One bound of a statement, as printed. */
export const statedFigure = (id: string, bound: 'low' | 'high' | 'about'): Interval | undefined => {
  const found: { low?: string; high?: string; about?: string } | undefined = reported.statements.find(
    (candidate) => candidate.id === id,
  );
  const text = found?.[bound];
  return text === undefined ? undefined : printed(text);
};

/** What a statement allows: all between its bounds at their printed precision. */
export const statement = (id: string): Interval =>
  statedFigure(id, 'about') ?? {
    low: statedFigure(id, 'low')?.low ?? Number.NEGATIVE_INFINITY,
    high: statedFigure(id, 'high')?.high ?? Number.POSITIVE_INFINITY,
  };

export const divide = (a: Interval, b: Interval): Interval => onCorners((x, y) => x / y, a, b);

/** Two readings of one quantity agree when some number rounds to both. */
export const same = (check: string, relation: string, implied: Interval, stated: Interval): Check => ({
  check,
  relation,
  implied,
  stated,
  agrees: overlap(implied, stated),
});

/** A statement about all layers holds when it holds for everything that the figures may stand for. */
export const holdsFor = (check: string, relation: string, implied: Interval, stated: Interval): Check => ({
  check,
  relation,
  implied,
  stated,
  agrees: contains(stated, implied),
});

/**
 * The mean of the layers that the original does not print, from the mean over all and the ones that it prints.
 */
export const meanOfUnprinted = (mean: Interval, known: readonly Interval[]): Interval => {
  const rest = setting.layers - known.length;
  const sum = (bound: keyof Interval) => known.reduce((total, interval) => total + interval[bound], 0);
  return {
    low: (setting.layers * mean.low - sum('high')) / rest,
    high: (setting.layers * mean.high - sum('low')) / rest,
  };
};

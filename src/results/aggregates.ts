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

export type AggregateName = keyof typeof aggregates;

export const aggregateNames = Object.keys(aggregates) as [AggregateName, ...AggregateName[]];

/** What an aggregate is of its column, for a reader. */
export const aggregateWords: Readonly<Record<AggregateName, string>> = {
  mean: 'mean over all rows',
  min: 'lowest of all rows',
  max: 'highest of all rows',
  'mean-abs': 'mean absolute value over all rows',
  'max-abs': 'largest absolute value of all rows',
  first: 'of the first row',
  last: 'of the last row',
};

/** A column's aggregate of one replicate; null where a row has no number: what drops rows in silence is of another quantity. */
export const aggregateOf = (
  rows: readonly Readonly<Record<string, unknown>>[],
  column: string,
  name: AggregateName,
): number | null => {
  const numbers = rows.map((row) => row[column]).filter((cell) => typeof cell === 'number');
  return numbers.length === 0 || numbers.length < rows.length ? null : aggregates[name](numbers);
};

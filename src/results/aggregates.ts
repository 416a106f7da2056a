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

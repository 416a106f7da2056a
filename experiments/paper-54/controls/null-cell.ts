/** One figure against the draws of its null, as a long stage keeps it: what the draws say, not each of them. */
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import type { Cell } from 'reproducible-paper/results';
import { z } from 'zod';

export const nullCellSchema = z.strictObject({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  mean: z.number(),
  sd: z.number().nonnegative(),
  /** (1 + #{draw <= value}) / (1 + draws), and of draws at least as large (Phipson and Smyth 2010). */
  lowerP: z.number(),
  upperP: z.number(),
});

export type NullCell = z.output<typeof nullCellSchema>;

export const nullCell = (value: number, draws: readonly number[]): NullCell => ({
  value,
  ...summariseNull(draws),
  lowerP: (1 + draws.filter((draw) => draw <= value).length) / (1 + draws.length),
  upperP: (1 + draws.filter((draw) => draw >= value).length) / (1 + draws.length),
});

/** Twice the smaller tail, one at most. */
export const twoSidedP = ({ lowerP, upperP }: NullCell): number => Math.min(1, 2 * Math.min(lowerP, upperP));

const pOf = {
  below: ({ lowerP }: NullCell) => lowerP,
  above: ({ upperP }: NullCell) => upperP,
  either: twoSidedP,
} as const;

/** As a table's cell: the side says which departures count. */
export const cellOf = (cell: NullCell, side: keyof typeof pOf): Cell => {
  const { value, low, high, mean, sd } = cell;
  return { value, null: { low, high, mean, sd, p: pOf[side](cell) } };
};

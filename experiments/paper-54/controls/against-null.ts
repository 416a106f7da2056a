import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import type { Cell } from 'reproducible-paper/results';

/** A figure with what the draws of its null say. */
export const againstNull = (value: number, draws: readonly number[]): Cell => ({
  value,
  null: summariseNull(draws),
});

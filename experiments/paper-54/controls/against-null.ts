import { summariseNull } from '../../../src/numerics/summarise-null.ts';
import type { Cell } from '../../../src/results/index.ts';

/** A figure with what the draws of its null say. */
export const againstNull = (value: number, draws: readonly number[]): Cell => ({
  value,
  null: summariseNull(draws),
});

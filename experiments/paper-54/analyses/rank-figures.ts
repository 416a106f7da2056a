import { effectiveRank, entropyRank, topEnergy } from 'reproducible-paper/numerics/spectrum';
import type { Figures } from '../controls/gaussian-null.ts';

/** How many directions a product uses. @param name of it, for the reader of an error */
export const ranksOf = (sigma: Float64Array, name: string): Figures => ({
  'effective-rank': effectiveRank(sigma, name),
  'top-8-energy': topEnergy(sigma, 8, name),
  'top-32-energy': topEnergy(sigma, 32, name),
  'entropy-rank': entropyRank(sigma, name),
});

import { mean } from '../analyses/mean.ts';
import type { Statistic } from './null-summary.ts';
import { twoSidedP, upperP } from './p-values.ts';

/** A statistic as it was observed, and of each draw: [1 + draws]. */
export type PooledFigures = ArrayLike<number> & Iterable<number>;

/** A root mean square lies above its null or does not; a mean may lie to either side. */
export const pooledP = (statistic: Statistic, figures: PooledFigures): number => {
  const [value, ...draws] = figures;
  return statistic === 'rms' ? upperP(value!, draws) : twoSidedP(value!, draws, mean(draws));
};

/** How much is beyond the null: of a root mean square sqrt(rms^2 - E rms^2), or zero. */
export const pooledEffect = (statistic: Statistic, figures: PooledFigures): number => {
  const [value, ...draws] = figures;
  if (statistic === 'mean') return value!;
  return Math.sqrt(Math.max(0, value! ** 2 - mean(draws.map((x) => x * x))));
};

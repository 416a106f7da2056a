import { requireProbabilities } from './require-probabilities.ts';

/**
 * Holm's step-down correction (1979): the chance of one false finding among all stays below the level, however the tests
 * depend on each other.
 *
 * @returns adjusted p-values, in the order given
 * @throws NotAProbability
 */
export const holm = (p: readonly number[]): readonly number[] => {
  requireProbabilities(p);
  const adjusted = new Array<number>(p.length);
  let most = 0;
  [...p.keys()]
    .sort((a, b) => p[a]! - p[b]!)
    .forEach((place, rank) => {
      most = Math.max(most, Math.min(1, (p.length - rank) * p[place]!));
      adjusted[place] = most;
    });
  return adjusted;
};

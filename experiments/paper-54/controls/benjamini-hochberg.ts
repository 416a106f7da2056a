import { requireProbabilities } from './require-probabilities.ts';

/**
 * Benjamini and Hochberg's correction (1995): of what is found at a level, no larger share is false on average.
 *
 * @returns adjusted p-values, in the order given
 * @throws NotAProbability
 */
export const benjaminiHochberg = (p: readonly number[]): readonly number[] => {
  requireProbabilities(p);
  const adjusted = new Array<number>(p.length);
  let least = 1;
  [...p.keys()]
    .sort((a, b) => p[b]! - p[a]!)
    .forEach((place, rank) => {
      least = Math.min(least, (p.length / (p.length - rank)) * p[place]!);
      adjusted[place] = least;
    });
  return adjusted;
};

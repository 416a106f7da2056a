/**
 * Equivalence by two one-sided t tests (Schuirmann 1987; Lakens 2017): whether a mean lies within bounds that were fixed
 * before. The unit is the trained seed.
 */
import jstat from 'jstat';
import { PaperError } from '../../../src/engine/stage/index.ts';

export interface Equivalence {
  readonly mean: number;
  /** Of a mean at least so far inside each bound, were it on that bound: the larger of both. */
  readonly p: number;
  /** The mean's interval at 1 - 2 level: inside the bounds just when p is below the level. */
  readonly low: number;
  readonly high: number;
}

/**
 * @param figures one a seed
 * @param bound the mean is held against -bound and bound
 * @throws NoEquivalenceTest
 */
export const tost = (figures: readonly number[], bound: number, level = 0.05): Equivalence => {
  const n = figures.length;
  const mean = figures.reduce((sum, x) => sum + x, 0) / n;
  const error = Math.sqrt(figures.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1) / n);
  if (!(error > 0 && Number.isFinite(error) && bound > 0 && level > 0 && level < 0.5)) {
    throw new PaperError('NoEquivalenceTest', 'an equivalence needs figures that vary, and a bound.', {
      details: [
        'expected at least 2 finite figures that differ, a bound above 0 and a level below 0.5',
        `received ${figures.join(', ') || 'no figure'}, a bound of ${bound} and a level of ${level}`,
      ],
      hint: 'give one figure a seed, of two seeds at least.',
    });
  }
  const { cdf, inv } = jstat.jStat.studentt;
  const upperTail = (t: number): number => cdf(-t, n - 1);
  const halfWidth = inv(1 - level, n - 1) * error;
  return {
    mean,
    p: Math.max(upperTail((mean + bound) / error), upperTail((bound - mean) / error)),
    low: mean - halfWidth,
    high: mean + halfWidth,
  };
};

import jstat from 'jstat';
import { mean } from '../analyses/mean.ts';
import { sampleDeviation } from '../analyses/sample-deviation.ts';

const { studentt } = jstat.jStat;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Student's interval of a mean over seeds. @param figures one a seed; with fewer than two there is none */
export const seedInterval = (figures: readonly number[], coverage: number): Interval | null => {
  const n = figures.length;
  if (n < 2) return null;
  const centre = mean(figures);
  const half = (studentt.inv((1 + coverage) / 2, n - 1) * sampleDeviation(figures)) / Math.sqrt(n);
  return { low: centre - half, high: centre + half };
};

export type Verdict = 'present' | 'present-negligible' | 'absent' | 'undecided' | 'not-detected';

export interface Evidence {
  /** Pooled over seeds and corrected. */
  readonly p: number;
  /** In the statistic's own units, one a seed. */
  readonly effects: readonly number[];
  /** Effects as alpha, one a seed; null where no positive control has calibrated them. */
  readonly alphas: readonly number[] | null;
  /** Of finding what is planted at the strength of the bound; null where it is not measured. */
  readonly power: number | null;
  /** The least that the draws allow p to be, corrected. */
  readonly leastP: number;
}

export interface EvidenceRule {
  readonly level: number;
  /** Effects within are negligible. */
  readonly bound: number;
  /** Without it nothing is called absent. */
  readonly power: number;
}

const excludesZero = ({ low, high }: Interval): boolean => low > 0 || high < 0;

/**
 * Beyond chance is what has a p-value of the level at most, which speaks of these trainings, and present is what the interval
 * over seeds, of coverage 1 - 2 level, holds apart from zero as well, which speaks of others. Two one-sided tests
 * (Schuirmann 1987), each at the level, call an effect negligible where its interval lies within the bounds. Absent is what
 * is not beyond chance and negligible, by a test that would have found it; without a measured power, not detected. Draws
 * too few for any p-value of the level decide nothing; nor is anything negligible whose size is not calibrated.
 */
export const verdictOf = (
  { p, effects, alphas, power, leastP }: Evidence,
  { level, bound, power: wanted }: EvidenceRule,
): Verdict => {
  const coverage = 1 - 2 * level;
  const interval = alphas && seedInterval(alphas, coverage);
  const isNegligible = interval !== null && interval.low > -bound && interval.high < bound;
  if (p <= level) {
    const ofEffects = seedInterval(effects, coverage);
    if (ofEffects && !excludesZero(ofEffects)) return 'undecided';
    return isNegligible ? 'present-negligible' : 'present';
  }
  if (leastP > level) return 'undecided';
  if (!isNegligible) return interval ? 'undecided' : 'not-detected';
  if (power === null) return 'not-detected';
  return power >= wanted ? 'absent' : 'undecided';
};

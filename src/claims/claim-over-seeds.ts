/** Claims over seeds: a statement about each single one, or about their mean. */

import { type SeedSummary, summariseSeeds } from '../numerics/summarise-seeds.ts';
import { type Assess, type Assessment, all } from './claim.ts';
import type { ResultNames } from './paper-names.ts';

/** What was stated in place of a spread over seeds gives way to the spread itself. */
const withSpread = (
  { seedNoise: _, ...found }: Assessment,
  margins: readonly number[],
  noise: (spread: SeedSummary) => number,
): Assessment => {
  const spread = summariseSeeds(margins);
  const { mean, sd } = spread;
  return { ...found, noise: Math.max(found.noise, noise(spread)), seeds: { n: margins.length, mean, sd } };
};

/**
 * Holds only if it holds in every seed: the margin is the smallest. A stated noise of seeds becomes the standard
 * deviation of the margins; the noise of a null stays.
 */
export const inEverySeed =
  <Names extends ResultNames = ResultNames>(assess: Assess<Names>): Assess<Names> =>
  (results) => {
    const each = results.eachSeed(assess);
    const found = each.map(({ seed, found }) =>
      each.length === 1 ? found : { ...found, evidence: `seed ${seed}: ${found.evidence}` },
    );
    const first = found[0]!;
    if (found.length === 1) return first;
    return withSpread(
      all(`${first.predicate}, in every seed`, found),
      found.map(({ margin }) => margin),
      ({ sd }) => (first.seedNoise === undefined ? 0 : sd),
    );
  };

/**
 * Holds if it holds on average: the margin is the mean over seeds, and half of that mean's 95 % interval is its
 * noise, unless the noise of a null is larger.
 */
export const onAverage =
  <Names extends ResultNames = ResultNames>(assess: Assess<Names>): Assess<Names> =>
  (results) => {
    const each = results.eachSeed(assess);
    const first = each[0]!.found;
    if (each.length === 1) return first;
    const margins = each.map(({ found }) => found.margin);
    return withSpread(
      {
        ...first,
        predicate: `${first.predicate}, on average over seeds`,
        evidence: each.map(({ seed, found }) => `seed ${seed}: ${found.evidence}`).join('; '),
        margin: summariseSeeds(margins).mean,
      },
      margins,
      ({ halfWidth }) => halfWidth,
    );
  };

/** Claims over seeds: a statement about each single one, or about their mean. */

import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import { seedWords } from '../results/replicate-words.ts';
import { type Assess, type Assessment, overSeeds } from './claim.ts';
import { all } from './claim-over-parts.ts';
import type { ResultNames } from './paper-names.ts';

const marginOf = ({ margin }: Assessment): number => margin;

/**
 * Holds only if it holds in every seed, and fails with one in which it fails: the margin is the smallest of the seeds
 * that decide. A stated noise of seeds becomes the standard deviation of the margins; the noise of a null stays.
 */
export const inEverySeed =
  <Names extends ResultNames = ResultNames>(assess: Assess<Names>): Assess<Names> =>
  (results) => {
    const each = results.eachSeed(assess);
    const { found: first, called } = each[0]!;
    if (each.length === 1) return first;
    const found = each.map(({ found }) => overSeeds(found));
    const { mean, sd } = summariseSeeds(found.map(marginOf));
    const stated = each.some(({ found }) => found.overSeeds !== undefined) ? sd : 0;
    const parts = found.map((ofSeed, at) => ({
      ...ofSeed,
      evidence: `${called.one} ${each[at]!.seed}: ${ofSeed.evidence}`,
      noise: Math.max(ofSeed.noise, stated),
    }));
    return {
      ...all(`${first.predicate}, in every ${called.one}`, parts),
      seeds: { n: found.length, mean, sd, called },
    };
  };

/**
 * Holds if it holds on average: the margin is the mean over seeds, and half of that mean's 95 % interval is its
 * noise, unless the noise of a null is larger in one of them.
 */
export const onAverage =
  <Names extends ResultNames = ResultNames>(assess: Assess<Names>): Assess<Names> =>
  (results) => {
    const each = results.eachSeed(assess);
    const { found: first, called } = each[0]!;
    if (each.length === 1) return first;
    const found = each.map(({ found }) => overSeeds(found));
    const { mean, sd, halfWidth } = summariseSeeds(found.map(marginOf));
    const least = found.reduce((low, { margin }, at) => (margin < found[low]!.margin ? at : low), 0);
    return {
      predicate: `${first.predicate}, on average over ${called.many}`,
      evidence: `${found.length} ${called.many}, the least: ${called.one} ${each[least]!.seed}, ${found[least]!.evidence}`,
      eachSeed: found.map(({ evidence }, at) => `${called.one} ${each[at]!.seed}: ${evidence}`),
      margin: mean,
      unit: first.unit,
      noise: Math.max(halfWidth, ...found.map(({ noise }) => noise)),
      seeds: { n: found.length, mean, sd, called },
    };
  };

/**
 * A verdict on what all seeds were made into, with the spread of the same statement about each of them beside it: the
 * verdict and its margin stay.
 */
export const besideSeeds = (found: Assessment, each: readonly Assessment[]): Assessment => {
  if (each.length < 2) return found;
  const { mean, sd } = summariseSeeds(each.map(marginOf));
  return { ...found, seeds: { n: each.length, mean, sd, called: seedWords } };
};

/** Half of a mean's 95 % interval over standard deviation of single seeds: any figures tell it. */
const halfWidthPerSd = (n: number): number => {
  const { halfWidth, sd } = summariseSeeds(Array.from({ length: n }, (_, at) => at));
  return halfWidth / sd;
};

/**
 * The same where of single seeds only the 95 % interval of their mean was kept.
 *
 * @param effect its mean, the ends of the interval, of how many seeds it is, and its name in words
 */
export const besideInterval = (
  found: Assessment,
  {
    of,
    mean,
    low,
    high,
    n,
  }: {
    readonly of: string;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly n: number;
  },
): Assessment => ({
  ...found,
  seeds: { of, n, mean, sd: (high - low) / 2 / halfWidthPerSd(n), called: seedWords },
});

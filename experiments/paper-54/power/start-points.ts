/**
 * How often T6 finds what a model's start was planted with, by strength and by how long it was trained: beyond rotations,
 * which training alone comes to as well, and above the model of the same seed to which nothing was given.
 */
import jstat from 'jstat';
import { mean } from '../analyses/mean.ts';
import { sampleDeviation } from '../analyses/sample-deviation.ts';
import { proportionInterval } from '../controls/proportion-interval.ts';
import { type Interval, seedInterval } from '../forms/verdict.ts';

const { studentt } = jstat.jStat;

/** Models of one strength after one step, by one statistic, seed by seed. */
export interface StartGroup {
  /** In the statistic's own units. */
  readonly effects: readonly number[];
  readonly p: readonly number[];
}

interface Share extends Interval {
  readonly share: number;
}

export interface StartPoint {
  readonly beyond: Share;
  /** null of models to which nothing was given. */
  readonly above: Share | null;
  readonly effect: number;
  /** From the models of the same seeds to which nothing was given, with Student's 95 % interval over seeds. */
  readonly gained: (Interval & { readonly mean: number }) | null;
}

const shareOf = (found: readonly boolean[]): Share => {
  const count = found.filter(Boolean).length;
  return { share: count / found.length, ...proportionInterval(count, found.length) };
};

/**
 * By what two models that nothing was given differ at most, one-sided and at the level: Student's quantile of their
 * scatter over seeds, times the root of two. That a seed's models have more in common makes it wider than it need be.
 */
export const chanceBetween = (unplanted: readonly number[], level: number): number =>
  studentt.inv(1 - level, unplanted.length - 1) * Math.SQRT2 * sampleDeviation(unplanted);

/** @param none the models of the same seeds to which nothing was given; of these themselves nothing is above them */
export const startPoint = (group: StartGroup, none: StartGroup, level: number): StartPoint => {
  const gains = group.effects.map((effect, seed) => effect - none.effects[seed]!);
  const least = chanceBetween(none.effects, level);
  const isNone = group === none;
  return {
    beyond: shareOf(group.p.map((p) => p <= level)),
    above: isNone ? null : shareOf(gains.map((gain) => gain > least)),
    effect: mean(group.effects),
    gained: isNone ? null : { mean: mean(gains), ...seedInterval(gains, 0.95)! },
  };
};

/** A statistic of T6 in one run, which has no others of its kind to be told from. */
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import type { Cell } from 'reproducible-paper/results';
import { normalHalf } from '../controls/normal-half.ts';
import type { Calibration } from './calibration.ts';
import type { Statistic } from './null-summary.ts';
import { pooledEffect, pooledP } from './pooled-statistic.ts';
import type { FormNullsRead } from './read-form-nulls.ts';

export interface RunStatistic {
  /** Beside its Haar null. */
  readonly found: Cell;
  readonly p: number;
  /** How much is beyond the null, as strength, and its interval as wide as the null. */
  readonly alpha: number;
  readonly low: number;
  readonly high: number;
}

/** An effect give or take what chance gives it within a run: nineteen in twenty. */
export const aloneInterval = (effect: number, nullSd: number, statistic: Statistic) => {
  const half = normalHalf(0.95) * nullSd;
  const low = effect - half;
  return { low: statistic === 'rms' ? Math.max(0, low) : low, high: effect + half };
};

export const runStatistic = (
  kept: FormNullsRead,
  test: number,
  statistic: Statistic,
  { alpha }: Calibration,
): RunStatistic => {
  const figures = kept.pooled('haar', test, statistic)!;
  const [value, ...draws] = figures;
  const summary = summariseNull(draws);
  const p = pooledP(statistic, figures);
  const effect = pooledEffect(statistic, figures);
  const { low, high } = aloneInterval(effect, summary.sd, statistic);
  return {
    found: { value: value!, null: { ...summary, p } },
    p,
    alpha: alpha(effect),
    low: alpha(low),
    high: alpha(high),
  };
};

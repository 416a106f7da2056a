import { readTable } from 'reproducible-paper/results/read-table';
import { type Planting, plantedTest } from '../power/planting.ts';
import type { Statistic } from './null-summary.ts';

/** What the positive control says of a statistic of T6. */
export interface Calibration {
  /** The strength at which a planted view returns this effect, on average over trials; as signed as the effect. */
  readonly alpha: (effect: number) => number;
  /** Of finding what is planted at the bound; null where that strength was not tried. */
  readonly power: number | null;
}

export interface CalibrationPoint {
  readonly alpha: number;
  /** Mean effect over the trials, in the statistic's own units. */
  readonly estimate: number;
}

/**
 * The inverse of the curve through the trials' mean effects, straight between two strengths. One line for all would not do:
 * what a head returns grows more slowly the more is planted, so that the line is that of the strongest. An effect below what
 * nothing returns is zero, and none is more than all.
 *
 * @param points by strength, from none to all
 */
export const strengthOf =
  (points: readonly CalibrationPoint[]) =>
  (effect: number): number => {
    const size = Math.abs(effect);
    // A root mean square of nothing is above zero, and a mean of nothing is zero but for the trials' scatter.
    const above = points.findIndex(({ estimate }) => estimate > size);
    if (above === 0) return 0;
    const before = points.at(above === -1 ? -1 : above - 1)!;
    const after = points[above] ?? before;
    const rise = after.estimate - before.estimate;
    const share = rise > 0 ? (size - before.estimate) / rise : 0;
    return Math.sign(effect) * (before.alpha + share * (after.alpha - before.alpha));
  };

/** By what was planted: a test is read by the trials that had its own view in its own form. */
export type Calibrations = (planting: Planting, statistic: Statistic) => Calibration;

/**
 * @param path the result of the stage `power`
 * @param bound alpha below which an effect is negligible
 */
export const readCalibrations = (path: string, bound: number): Calibrations => {
  const { rows } = readTable(path, 'power').replicates[0]!;
  return (planting, statistic) => {
    const test = plantedTest(planting, statistic);
    const points = rows
      .filter((row) => row['test'] === test)
      .map((row) => ({
        alpha: Number(row['alpha']),
        estimate: Number(row['estimate']),
        power: Number(row['power']),
      }));
    return {
      alpha: strengthOf(points),
      power: points.find(({ alpha }) => alpha === bound)?.power ?? null,
    };
  };
};

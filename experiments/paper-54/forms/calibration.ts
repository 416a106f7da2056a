import { readTable } from 'reproducible-paper/results/read-table';
import type { Statistic } from './null-summary.ts';

/** What the positive control says of a statistic of T6. */
export interface Calibration {
  /** Effect over alpha: what the statistic returns of a planted view, for each unit of its strength. */
  readonly slope: number;
  /** Of finding what is planted at the bound; null where that strength was not tried. */
  readonly power: number | null;
}

/**
 * The line through the origin that fits the trials' mean effects best, by least squares, and the power at the bound.
 *
 * @param path the result of the stage `power`
 * @param bound alpha below which an effect is negligible
 */
export const readCalibration = (path: string, bound: number): Readonly<Record<Statistic, Calibration>> => {
  const { rows } = readTable(path, 'power').replicates[0]!;
  const of = (statistic: Statistic): Calibration => {
    const points = rows
      .filter((row) => row['test'] === `t6-free-${statistic}`)
      .map((row) => ({
        alpha: Number(row['alpha']),
        estimate: Number(row['estimate']),
        power: Number(row['power']),
      }));
    const sum = (term: (point: (typeof points)[number]) => number): number =>
      points.reduce((total, point) => total + term(point), 0);
    return {
      slope: sum(({ alpha, estimate }) => alpha * estimate) / sum(({ alpha }) => alpha * alpha),
      power: points.find(({ alpha }) => alpha === bound)?.power ?? null,
    };
  };
  return { mean: of('mean'), rms: of('rms') };
};

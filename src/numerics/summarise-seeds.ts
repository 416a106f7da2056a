import jstat from 'jstat';

const { studentt } = jstat.jStat;

/** What several seeds say about one figure. */
export interface SeedSummary {
  readonly mean: number;
  /** Of single seeds, not of their mean. */
  readonly sd: number;
  /** Half of the mean's 95 % interval. */
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
}

/** Mean over seeds and its 95 % interval by Student's t (1908). @param figures one a seed, two at least */
export const summariseSeeds = (figures: readonly number[]): SeedSummary => {
  const n = figures.length;
  if (n < 2) throw new Error(`internal: ${n} seeds have no spread`);
  const mean = figures.reduce((sum, x) => sum + x, 0) / n;
  const sd = Math.sqrt(figures.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  const halfWidth = (studentt.inv(0.975, n - 1) * sd) / Math.sqrt(n);
  return { mean, sd, halfWidth, low: mean - halfWidth, high: mean + halfWidth };
};

/** What a null's draws say about one figure. */
export interface NullSummary {
  /** 2.5 % and 97.5 % quantiles of the draws. */
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly sd: number;
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
};

export const summariseNull = (draws: readonly number[]): NullSummary => {
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const squares = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return {
    low: quantile(draws, 0.025),
    high: quantile(draws, 0.975),
    mean,
    sd: Math.sqrt(squares / (draws.length - 1)),
  };
};

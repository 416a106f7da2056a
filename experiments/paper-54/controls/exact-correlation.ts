/**
 * The law of |r|, Pearson's, of two independent matrices of which one is Gaussian: r^2 is Beta(1/2, (N - 2)/2), N the
 * count of entries, whatever the other matrix is; and the law of the mean of several such |r|. No draws are needed.
 */

import type { NullSummary } from 'reproducible-paper/results';
import { PaperError } from 'reproducible-paper/stage';
import { normalHalf } from './normal-half.ts';

export interface MeanAbsLaw {
  /** Exact but for rounding. */
  readonly mean: number;
  readonly sd: number;
  /** Within 1e-4 of a standard deviation. */
  readonly quantile: (share: number) => number;
  /** Chance of a mean at least as large; within a hundredth of itself down to 1e-25. */
  readonly upperP: (meanAbs: number) => number;
}

/** Cells of a standard deviation of r. */
const cellsPerSd = 64;
/** Beyond so many standard deviations of r lies a chance of 1e-32. */
const widest = 12;

/** A processor takes a hundred times as long over products below this, which are too small for its usual numbers. */
const leastProduct = 1e-300;

/** @param b falls towards its end */
const convolve = (a: Float64Array, b: Float64Array): Float64Array => {
  const sum = new Float64Array(a.length + b.length - 1);
  let end = b.length;
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i]!;
    while (end > 0 && x * b[end - 1]! < leastProduct) end -= 1;
    while (end < b.length && x * b[end]! >= leastProduct) end += 1;
    for (let j = 0; j < end; j += 1) sum[i + j]! += x * b[j]!;
  }
  return sum;
};

/** Chances of the sum of so many independent ones, by doubling. */
const summed = (cells: Float64Array, count: number): Float64Array => {
  if (count === 1) return cells;
  const half = summed(cells, Math.floor(count / 2));
  const even = convolve(half, half);
  return count % 2 === 0 ? even : convolve(even, cells);
};

/** ln E|r| = ln Gamma((N - 1)/2) - ln Gamma(N/2) - ln sqrt(pi), the ratio of Gammas by its product to a large argument. */
const meanOfAbs = (entries: number): number => {
  // g(x) = Gamma(x) / Gamma(x + 1/2) obeys g(x) = g(x + 1) (x + 1/2) / x.
  let factor = 1;
  let x = (entries - 1) / 2;
  for (; x < 1000; x += 1) factor *= (x + 0.5) / x;
  // Its series in 1/x (Tricomi and Erdelyi 1951): the next term is 2e-12 at x = 1000.
  const series = 1 + 1 / (8 * x) + 1 / (128 * x * x) - 5 / (1024 * x ** 3);
  return (factor * series) / Math.sqrt(x * Math.PI);
};

/**
 * @param entries of each matrix: n^2
 * @param count of matrices of which the mean is taken: layers, or layers times seeds
 * @throws TooFewEntries
 */
export const meanAbsLaw = (entries: number, count: number): MeanAbsLaw => {
  if (!(Number.isInteger(entries) && entries >= 4 && Number.isInteger(count) && count >= 1)) {
    throw new PaperError(
      'TooFewEntries',
      'a correlation of so few entries, or of no matrix, has no law here.',
      {
        details: [`expected at least 4 entries and 1 matrix; received ${entries} and ${count}`],
        hint: 'give the number of entries of a matrix, n * n, and how many correlations the mean is over.',
      },
    );
  }
  const sdOfR = 1 / Math.sqrt(entries - 1);
  const meanAbs = meanOfAbs(entries);
  // In standard deviations of r, (1 - z^2 / (N - 1))^((N - 4)/2) over each cell by Simpson's rule.
  const density = (z: number): number => Math.max(0, 1 - z * z * sdOfR * sdOfR) ** ((entries - 4) / 2);
  const length = Math.ceil(cellsPerSd * Math.min(widest, 1 / sdOfR));
  const cells = Float64Array.from(
    { length },
    (_, at) =>
      density(at / cellsPerSd) + 4 * density((at + 0.5) / cellsPerSd) + density((at + 1) / cellsPerSd),
  );
  const total = cells.reduce((sum, x) => sum + x, 0);
  const chances = summed(
    cells.map((x) => x / total),
    count,
  );
  const beyond = new Float64Array(chances.length + 1); // chance of a sum in cell `at` or above
  for (let at = chances.length - 1; at >= 0; at -= 1) beyond[at] = beyond[at + 1]! + chances[at]!;
  /** A sum in cell `at` lies around (at + count / 2) cells. */
  const edge = (at: number): number => ((at + (count - 1) / 2) / cellsPerSd / count) * sdOfR;
  const upperP = (mean: number): number => {
    const at = (Math.abs(mean) / sdOfR) * count * cellsPerSd - (count - 1) / 2;
    if (at <= 0) return 1;
    const below = Math.floor(at);
    const low = beyond[below] ?? 0;
    const high = beyond[below + 1] ?? 0;
    // Tails fall exponentially.
    return high > 0 ? low * (high / low) ** (at - below) : low * (1 - (at - below));
  };
  return {
    mean: meanAbs,
    sd: Math.sqrt((sdOfR * sdOfR - meanAbs * meanAbs) / count),
    upperP,
    quantile: (share) => {
      const at = beyond.findIndex((chance) => chance <= 1 - share);
      if (at <= 0) return 0;
      const [above, below] = [beyond[at]!, beyond[at - 1]!];
      return edge(at - 1 + (below - (1 - share)) / (below - above));
    },
  };
};

/** What the law says of one mean of |r|: its middle 95 %, and the one-sided p. */
export const againstLaw = (meanAbs: number, law: MeanAbsLaw): NullSummary => ({
  low: law.quantile(0.025),
  high: law.quantile(0.975),
  mean: law.mean,
  sd: law.sd,
  p: law.upperP(meanAbs),
});

/**
 * The middle 95 % of a mean of so many r itself. Taken as normal: at 64 entries a quantile of a single r is off by a
 * hundredth, at the sizes here by 1e-4.
 */
export const meanLaw = (entries: number, count: number): NullSummary => {
  const sd = 1 / Math.sqrt((entries - 1) * count);
  const half = normalHalf(0.95) * sd;
  return { low: -half, high: half, mean: 0, sd };
};

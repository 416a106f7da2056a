/**
 * The law of the share of a Gaussian matrix's energy that lies in a band of any orthonormal basis. Turned into the basis it
 * is Gaussian as before, so that of n^2 independent squares the band holds a part w of the columns: the share is
 * Beta(n^2 w / 2, n^2 (1 - w) / 2), whatever the basis is. No draws are needed.
 */
import type { NullSummary } from 'reproducible-paper/results';
import { normalHalf } from './normal-half.ts';

/**
 * The middle 95 % of a mean of so many shares; mean and standard deviation are exact. Taken as normal: at the sizes here the
 * skewness moves a quantile by less than a hundredth of a standard deviation.
 *
 * @param width of the band, as a share of the basis
 * @param entries of each matrix: n^2
 * @param count of independent matrices of which the mean is taken: layers
 */
export const bandLaw = (width: number, entries: number, count: number): NullSummary => {
  const sd = Math.sqrt((width * (1 - width)) / (entries / 2 + 1) / count);
  const half = normalHalf(0.95) * sd;
  return { low: width - half, high: width + half, mean: width, sd };
};

/** Singular values as distributions: plain and energy normalised, their divergences, ranks and the random law. */
import { PaperError } from '../engine/stage/paper-error.ts';

/**
 * p = sigma / sum sigma, in the order given.
 *
 * @param name of the matrix, for the reader of an error
 * @throws ZeroMatrix
 */
export const normalised = (sigma: Float64Array, name: string): Float64Array => {
  const sum = sigma.reduce((total, x) => total + x, 0);
  if (!(sum > 0)) {
    throw new PaperError('ZeroMatrix', `${name} is zero and has no spectrum to normalise.`, {
      details: [`expected singular values with a positive sum; received ${sum}`],
      hint: 'check the run that the weights come from: a trained projection is never zero.',
    });
  }
  return sigma.map((x) => x / sum);
};

/** Sorted singular values of a matrix that an error can name. */
export interface NamedSpectrum {
  readonly name: string;
  /** descending */
  readonly sigma: Float64Array;
}

/**
 * KL(A||B) = sum p_A ln(p_A / p_B) over sorted, plain normalised singular values, in nats.
 *
 * @throws RankDeficient when B has a zero singular value where A has none: the divergence is infinite
 */
export const spectralDivergence = (a: NamedSpectrum, b: NamedSpectrum): number => {
  const pA = normalised(a.sigma, a.name);
  const pB = normalised(b.sigma, b.name);
  return pA.reduce((sum, p, i) => {
    if (p === 0) return sum;
    const q = pB[i]!;
    if (!(q > p * Number.EPSILON)) {
      throw new PaperError(
        'RankDeficient',
        `the divergence of ${a.name} from ${b.name} is infinite: ${b.name} lacks rank.`,
        {
          details: [`expected ${pA.length} positive singular values; singular value ${i} is zero`],
          hint: 'compare matrices of full rank, or leave this layer out and say so.',
        },
      );
    }
    return sum + p * Math.log(p / q);
  }, 0);
};

/** F(x) on [0, 2]: the law of singular values of a square Gaussian matrix, entries of variance 1/n. */
export const quarterCircleCdf = (x: number): number =>
  ((x * Math.sqrt(4 - x * x)) / 2 + 2 * Math.asin(x / 2)) / Math.PI;

/**
 * The quarter circle's quantiles at (i - 1/2) / n, descending [n]: what Marchenko and Pastur's law (1967) gives
 * for the singular values of a square matrix. By bisection: F is monotone.
 */
export const quarterCircleQuantiles = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => {
    const share = (n - i - 0.5) / n;
    let low = 0;
    let high = 2;
    while (high - low > 1e-14) {
      const middle = (low + high) / 2;
      if (quarterCircleCdf(middle) < share) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });

/** r_eff = (sum sigma)^2 / sum sigma^2 */
export const effectiveRank = (sigma: Float64Array, name: string): number => {
  const p = normalised(sigma, name);
  return 1 / p.reduce((sum, x) => sum + x * x, 0);
};

/** exp(H(p)) (Roy and Vetterli 2007) */
export const entropyRank = (sigma: Float64Array, name: string): number =>
  Math.exp(-normalised(sigma, name).reduce((sum, p) => (p > 0 ? sum + p * Math.log(p) : sum), 0));

/** E_k = sum of the k largest sigma^2 over the sum of all. */
export const topEnergy = (sigma: Float64Array, k: number, name: string): number => {
  const energies = normalised(sigma, name).map((p) => p * p);
  const total = energies.reduce((sum, e) => sum + e, 0);
  return energies.slice(0, k).reduce((sum, e) => sum + e, 0) / total;
};

/** E_1..E_n [n] */
export const energyCurve = (sigma: Float64Array, name: string): readonly number[] =>
  Array.from(sigma, (_, index) => topEnergy(sigma, index + 1, name));

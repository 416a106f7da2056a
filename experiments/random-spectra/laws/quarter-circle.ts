/**
 * What the quarter circle gives in closed form: the law of a square matrix's singular values, density
 * sqrt(4 - x^2) / pi on [0, 2] (Marchenko and Pastur 1967). With x = 2 sin t the measure is (4 / pi) cos^2 t dt.
 */

/** lim r_eff / n = E[x]^2 / E[x^2] = (8 / 3 pi)^2 */
export const effectiveRankShare = 64 / (9 * Math.PI ** 2);

/** lim exp(H) / n = E[x] exp(-E[x ln x] / E[x]), with E[x ln x] / E[x] = 2 ln 2 - 4/3 */
export const entropyRankShare = (2 / (3 * Math.PI)) * Math.exp(4 / 3);

/** F(2 sin t) = (2 t + sin 2 t) / pi */
const cdfAt = (t: number): number => (2 * t + Math.sin(2 * t)) / Math.PI;

/**
 * lim E_k / E_n where k / n is fixed: the energy of the leading share of singular values,
 * (2 / pi) (pi / 2 - t) + sin(4 t) / (2 pi) from the quantile 2 sin t on.
 *
 * @param share of the singular values, in (0, 1)
 */
export const leadingEnergy = (share: number): number => {
  let [low, high] = [0, Math.PI / 2];
  while (high - low > 1e-15) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (cdfAt(middle) < 1 - share) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  return (2 / Math.PI) * (Math.PI / 2 - t) + Math.sin(4 * t) / (2 * Math.PI);
};

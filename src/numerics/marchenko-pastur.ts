/**
 * Marchenko and Pastur's law (1967) for the singular values of a Gaussian matrix [r, c], r <= c, entries of variance
 * 1 / c: with ratio a = r / c they fill [1 - sqrt a, 1 + sqrt a]. By u = x^2 = 1 + a - 2 sqrt(a) cos t the law is smooth:
 * dF = 2 sin^2(t) / (pi u) dt, t in [0, pi].
 */

/** Steps of the integral: its error falls with their square, to some 1e-7. */
const nSteps = 4096;

/**
 * The law's quantiles at (i - 1/2) / r, descending [min(rows, cols)].
 *
 * @param rows of either shape: a transposed matrix has the same singular values
 */
export const marchenkoPasturQuantiles = (rows: number, cols: number): Float64Array => {
  const [r, c] = rows <= cols ? [rows, cols] : [cols, rows];
  const ratio = r / c;
  const squareAt = (t: number): number => 1 + ratio - 2 * Math.sqrt(ratio) * Math.cos(t);
  const density = (t: number): number => {
    const u = squareAt(t);
    // At a hard edge both are zero, and their quotient is cos^2(t / 2) = 1.
    return u < 1e-12 ? 2 / Math.PI : (2 * Math.sin(t) ** 2) / (Math.PI * u);
  };
  const step = Math.PI / nSteps;
  const cumulative = new Float64Array(nSteps + 1);
  for (let at = 1; at <= nSteps; at += 1) {
    cumulative[at] = cumulative[at - 1]! + (step / 2) * (density((at - 1) * step) + density(at * step));
  }
  const total = cumulative[nSteps]!;
  let at = nSteps;
  return Float64Array.from({ length: r }, (_, i) => {
    const share = ((r - i - 0.5) / r) * total;
    while (at > 1 && cumulative[at - 1]! >= share) at -= 1;
    const [low, high] = [cumulative[at - 1]!, cumulative[at]!];
    const t = (at - 1 + (share - low) / (high - low)) * step;
    return Math.sqrt(Math.max(0, squareAt(t)));
  });
};

/**
 * What a rectangle gives: m rows and n columns, c = m / n <= 1, entries of variance 1/n. Squares of singular values follow
 * Marchenko and Pastur's law (1967); with x = 1 + c + 2 sqrt(c) cos t its measure is (2 / pi) sin^2 t / x dt on [0, pi].
 */

/** Periodic and smooth but where c = 1, whose density is infinite at 0: the midpoint rule converges at any c. */
const cells = 20_000;

/** @param of what is averaged, of x = s^2 */
export const average = (c: number, of: (x: number) => number): number => {
  let sum = 0;
  for (let at = 0; at < cells; at += 1) {
    const t = ((at + 0.5) * Math.PI) / cells;
    const x = 1 + c + 2 * Math.sqrt(c) * Math.cos(t);
    sum += (of(x) * Math.sin(t) ** 2) / x;
  }
  return (2 / cells) * sum;
};

/** lim r_eff / m = E[s]^2 / E[s^2] */
export const effectiveRankShare = (c: number): number => average(c, Math.sqrt) ** 2 / average(c, (x) => x);

/** lim exp(H) / m = E[s] exp(-E[s ln s] / E[s]) */
export const entropyRankShare = (c: number): number => {
  const mean = average(c, Math.sqrt);
  const xLogX = average(c, (x) => (Math.sqrt(x) * Math.log(x)) / 2);
  return mean * Math.exp(-xLogX / mean);
};

/**
 * lim E_k / E_m where k / m is fixed: what the leading share of singular values holds of the energy. E[s^2] is one.
 *
 * @param share of the singular values, in (0, 1)
 */
export const leadingEnergy = (c: number, share: number): number => {
  let [mass, energy] = [0, 0];
  for (let at = 0; at < cells; at += 1) {
    const t = ((at + 0.5) * Math.PI) / cells;
    const x = 1 + c + 2 * Math.sqrt(c) * Math.cos(t);
    const inCell = ((2 / cells) * Math.sin(t) ** 2) / x;
    if (mass + inCell >= share) return energy + x * (share - mass);
    mass += inCell;
    energy += inCell * x;
  }
  return energy;
};

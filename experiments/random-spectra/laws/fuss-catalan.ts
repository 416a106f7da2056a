/**
 * What the product of two independent square matrices tends to: squares of its singular values follow Fuss and Catalan's
 * law of order two (Penson and Zyczkowski 2011), whose moments are
 * M(m) = Gamma(3 m + 1) / (Gamma(m + 1) Gamma(2 m + 2)), also for m that are no integers.
 */
import { type LawCell, leadingEnergyOf } from './leading-energy-of.ts';

/** lim r_eff / n = M(1/2)^2 / M(1) = (3/4)^2 */
export const effectiveRankShare = 9 / 16;

/**
 * lim exp(H) / n = E[s] exp(-E[s ln s] / E[s]). E[s] = M(1/2) = 3/4, and E[s ln s] / E[s] is half of the derivative of
 * ln M at 1/2: (3 psi(5/2) - psi(3/2) - 2 psi(3)) / 2 = (3 - 4 ln 2) / 2.
 */
export const entropyRankShare = 3 * Math.exp(-3 / 2);

/** x(phi) = sin^3(3 phi) / (sin phi sin^2(2 phi)) falls from 27/4 to 0 as phi goes from 0 to pi/3. */
const squareAt = (phi: number): number => Math.sin(3 * phi) ** 3 / (Math.sin(phi) * Math.sin(2 * phi) ** 2);

/** The density at x(phi). */
const densityAt = (phi: number): number =>
  (Math.sin(phi) ** 2 * Math.sin(2 * phi)) / (Math.PI * Math.sin(3 * phi) ** 2);

/** -dx/dphi over x */
const fallAt = (phi: number): number => 1 / Math.tan(phi) + 4 / Math.tan(2 * phi) - 9 / Math.tan(3 * phi);

/** Sum over the law of a function of x, by the midpoint rule in phi: smooth, and zero at both ends. */
const nCells = 200_000;

/** From the largest square on. */
function* cellsOf(): Generator<LawCell> {
  const width = Math.PI / 3 / nCells;
  for (let at = 0; at < nCells; at += 1) {
    const phi = (at + 0.5) * width;
    const square = squareAt(phi);
    yield { square, mass: densityAt(phi) * square * fallAt(phi) * width };
  }
}

/** @param of what is averaged, of x = s^2 */
export const average = (of: (x: number) => number): number => {
  let sum = 0;
  for (const { square, mass } of cellsOf()) sum += of(square) * mass;
  return sum;
};

/** @param share of the singular values, in (0, 1): see leadingEnergyOf */
export const leadingEnergy = (share: number): number => leadingEnergyOf(cellsOf(), share);

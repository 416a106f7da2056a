/**
 * What a rectangle gives: m rows and n columns, c = m / n <= 1, entries of variance 1/n. Squares of singular values follow
 * Marchenko and Pastur's law (1967); with x = 1 + c + 2 sqrt(c) cos t its measure is (2 / pi) sin^2 t / x dt on [0, pi].
 */
import { type LawCell, leadingEnergyOf } from './leading-energy-of.ts';

/** Periodic and smooth but where c = 1, whose density is infinite at 0: the midpoint rule converges at any c. */
const nCells = 20_000;

/** From the largest square on. */
function* cellsOf(c: number): Generator<LawCell> {
  for (let at = 0; at < nCells; at += 1) {
    const t = ((at + 0.5) * Math.PI) / nCells;
    const square = 1 + c + 2 * Math.sqrt(c) * Math.cos(t);
    yield { square, mass: ((2 / nCells) * Math.sin(t) ** 2) / square };
  }
}

/** @param of what is averaged, of x = s^2 */
export const average = (c: number, of: (x: number) => number): number => {
  let sum = 0;
  for (const { square, mass } of cellsOf(c)) sum += of(square) * mass;
  return sum;
};

/** lim r_eff / m = E[s]^2 / E[s^2] */
export const effectiveRankShare = (c: number): number => average(c, Math.sqrt) ** 2 / average(c, (x) => x);

/** lim exp(H) / m = E[s] exp(-E[s ln s] / E[s]) */
export const entropyRankShare = (c: number): number => {
  const mean = average(c, Math.sqrt);
  const xLogX = average(c, (x) => (Math.sqrt(x) * Math.log(x)) / 2);
  return mean * Math.exp(-xLogX / mean);
};

/** @param share of the singular values, in (0, 1): see leadingEnergyOf */
export const leadingEnergy = (c: number, share: number): number => leadingEnergyOf(cellsOf(c), share);

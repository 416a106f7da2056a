import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { tost } from './tost.ts';

/** Its standard error is half of a hundredth at most. */
const trials = 10_000;

/**
 * The power of an equivalence: how often two one-sided t tests put every one of some means within the bounds, where each is
 * zero in truth and independent of the others, and figures are normal. Trials are drawn and tested as the figures
 * themselves would be.
 *
 * @param n figures of each mean, two at least
 * @param sds of single figures, one a mean
 * @param level of each of the two tests
 */
export const equivalencePower = (n: number, sds: readonly number[], bound: number, level: number): number => {
  const random = seededRandom(1, 'equivalence-power');
  let found = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const means = sds.map((sd) => random.normals(n).map((x) => sd * x));
    if (means.every((figures) => tost([...figures], bound, level).p < level)) found += 1;
  }
  return found / trials;
};

import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { Draws } from './drawn-cosines.ts';
import type { FormProblem } from './form-problem.ts';

/** One permutation of tokens within their bins. */
const withinBins = (bins: Int32Array, random: SeededRandom): Int32Array => {
  const order = new Int32Array(bins.length);
  for (let start = 0; start < bins.length; ) {
    let end = start;
    while (end < bins.length && bins[end] === bins[start]) end += 1;
    const members = Array.from({ length: end - start }, (_, at) => start + at);
    order.set(random.shuffle(members), start);
    start = end;
  }
  return order;
};

/** The token that stands in each one's place, draw by draw. */
export const labelOrders = (
  { bins }: Pick<FormProblem, 'bins'>,
  { draws, seed, run }: Draws,
): readonly Int32Array[] => {
  const random = seededRandom(seed, `form-labels/${run}`);
  return Array.from({ length: draws }, () => withinBins(bins, random));
};

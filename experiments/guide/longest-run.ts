import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';

/** @param heads probability of heads @returns the longest run of heads in one row of throws; unit: throws */
export const longestRun = (random: SeededRandom, throws: number, heads: number): number => {
  let [longest, current] = [0, 0];
  for (let at = 0; at < throws; at += 1) {
    current = random.uniform() < heads ? current + 1 : 0;
    if (current > longest) longest = current;
  }
  return longest;
};

/** What its mean tends to as rows grow (Schilling 1990). */
export const longestRunLaw = (throws: number, heads: number): number =>
  (Math.log(throws * (1 - heads)) + 0.577_215_664_901_532_9) / Math.log(1 / heads) - 1 / 2;

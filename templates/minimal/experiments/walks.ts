/**
 * Walks on a line whose steps of length one keep the direction of the step before with probability (1 + persistence) / 2:
 * without persistence, the simple random walk.
 */
import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';

/** @returns distance from the start after `steps` steps, mean over walkers; unit: steps */
export const meanDistance = (
  random: SeededRandom,
  steps: number,
  persistence: number,
  walkers: number,
): number => {
  let sum = 0;
  for (let walker = 0; walker < walkers; walker += 1) {
    let direction = random.uniform() < 0.5 ? 1 : -1;
    let place = direction;
    for (let step = 1; step < steps; step += 1) {
      if (random.uniform() >= (1 + persistence) / 2) direction = -direction;
      place += direction;
    }
    sum += Math.abs(place);
  }
  return sum / walkers;
};

import { type Replicated, replicate, type Stage } from 'reproducible-paper/stage';

type Result = Stage<{ readonly result: string }>;

/** Results a seed, as one result; of one seed alone they are no repetition of anything. */
export const overSeeds = (
  name: string,
  seeds: readonly number[],
  of: (seed: number) => Result,
): Result | Replicated<{ readonly result: string }> =>
  seeds.length === 1 ? of(seeds[0]!) : replicate(name, seeds, (_, seed) => of(seed));

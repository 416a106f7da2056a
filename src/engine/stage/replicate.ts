import type { Outputs } from './define-stage.ts';
import { PaperError } from './paper-error.ts';
import type { Stage } from './pipeline.ts';

/** One stage run with several seeds: its results are one result with a replicate a seed. */
export interface Replicated<O extends Outputs = Outputs> {
  /** What the replicates are of. */
  readonly name: string;
  /** A stage a seed, the leading one first. */
  readonly replicates: readonly { readonly seed: number; readonly stage: Stage<O> }[];
}

/**
 * Repeats a stage.
 *
 * @param name what its replicates are of; each is a stage `<name>.seed-<k>`
 * @param seeds one at least; the first one leads
 * @param make puts a replicate into the graph
 * @throws BadReplicates
 */
export const replicate = <O extends Outputs>(
  name: string,
  seeds: readonly number[],
  make: (name: string, seed: number) => Stage<O>,
): Replicated<O> => {
  const usable = seeds.length > 0 && new Set(seeds).size === seeds.length;
  if (!usable || seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 0)) {
    throw new PaperError(
      'BadReplicates',
      `'${name}' cannot be repeated with seeds ${JSON.stringify(seeds)}.`,
      {
        details: [
          `expected different whole numbers from 0, one at least; received ${seeds.join(', ') || 'none'}`,
        ],
        hint: "name each seed once, for example replicate('fit', [1, 2, 3], (name, seed) => stage(name, fit, { params: { seed } })).",
      },
    );
  }
  return { name, replicates: seeds.map((seed) => ({ seed, stage: make(`${name}.seed-${seed}`, seed) })) };
};

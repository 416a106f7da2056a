/** What a figure of several replicates is among them, by the end of its id: `a.b.c.seeds.mean`, `a.b.c.seed-2`. */
import type { ReplicateWords } from '../../results/replicate-words.ts';

export interface ReplicatePart {
  /** Of one replicate alone: which. */
  readonly seed?: number;
  /** In words: `seed 2`, or `mean over seeds`. */
  readonly words: string;
  /** Whether it is what the figure itself is: the mean, or the extreme of all that an extreme is. */
  readonly isWhole: boolean;
}

const overAll: Readonly<Record<string, { readonly before: string; readonly isWhole: boolean }>> = {
  mean: { before: 'mean over', isWhole: true },
  min: { before: 'lowest of all', isWhole: true },
  max: { before: 'highest of all', isWhole: true },
  low: { before: 'lower end of the 95 % interval over', isWhole: false },
  high: { before: 'upper end of the 95 % interval over', isWhole: false },
  'half-width': { before: 'half of the 95 % interval over', isWhole: false },
};

/** undefined for an id that tells of no replicate. */
export const replicatePart = (value: string, { one, many }: ReplicateWords): ReplicatePart | undefined => {
  const [, over, seed] = /\.(?:seeds\.([a-z-]+)|seed-(\d+))$/.exec(value) ?? [];
  if (seed !== undefined) return { seed: Number(seed), words: `${one} ${seed}`, isWhole: false };
  const of = over === undefined ? undefined : overAll[over];
  return of && { words: `${of.before} ${many}`, isWhole: of.isWhole };
};

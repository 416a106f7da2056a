/** p = (1 + #{draw at least as far}) / (1 + draws): never zero (Phipson and Smyth 2010). */
const shareAtLeast = (draws: ArrayLike<number>, bound: number): number => {
  let count = 0;
  for (let at = 0; at < draws.length; at += 1) if (draws[at]! >= bound) count += 1;
  return (1 + count) / (1 + draws.length);
};

/** Whether a figure lies above its null. */
export const upperP = (value: number, draws: ArrayLike<number>): number => shareAtLeast(draws, value);

/** Whether it lies to either side of its null's mean. */
export const twoSidedP = (value: number, draws: ArrayLike<number>, mean: number): number =>
  shareAtLeast(
    Array.from(draws, (draw) => Math.abs(draw - mean)),
    Math.abs(value - mean),
  );

/** Standardised by its null, which may have no spread. */
const standardised = (value: number, mean: number, sd: number): number =>
  sd > 0 ? Math.abs(value - mean) / sd : 0;

/** A figure beside the draws of its null. */
export interface Held {
  readonly value: number;
  readonly draws: Float64Array;
  readonly mean: number;
  readonly sd: number;
}

/**
 * Westfall and Young's maxima (1993): each figure, in units of its null's spread, against the largest of all figures in the
 * same draw.
 *
 * @returns p-values adjusted for all of them
 */
export const maxTP = (family: readonly Held[]): readonly number[] => {
  const draws = family[0]?.draws.length ?? 0;
  const maxima = Float64Array.from({ length: draws }, (_, draw) =>
    family.reduce((most, held) => Math.max(most, standardised(held.draws[draw]!, held.mean, held.sd)), 0),
  );
  return family.map(({ value, mean, sd }) => shareAtLeast(maxima, standardised(value, mean, sd)));
};

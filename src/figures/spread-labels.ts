/** Lines of text need so many pixels from one to the next. */
const lineHeight = 14;

interface Pool {
  readonly sum: number;
  readonly count: number;
}

const meanOf = ({ sum, count }: Pool): number => sum / count;

/**
 * Where names stand beside line ends: at the end itself, moved as little as keeps two names a line of text apart, in the
 * sense of least squares (pools of adjacent violators, Ayer et al. 1955), and none above the top or below the bottom.
 *
 * @param ends pixels from the top, growing downwards
 * @param top of the plot in pixels
 * @param bottom of it; where there is no room for all, names stand above the top
 * @returns places in the order of the ends
 */
export const spreadLabels = (ends: readonly number[], top: number, bottom: number): readonly number[] => {
  const order = ends.map((_, at) => at).toSorted((a, b) => ends[a]! - ends[b]!);
  // With a line of text taken off for each name above, names apart are names that do not fall.
  const pools: Pool[] = [];
  order.forEach((end, rank) => {
    let pool: Pool = { sum: ends[end]! - rank * lineHeight, count: 1 };
    for (let above = pools.at(-1); above && meanOf(above) >= meanOf(pool); above = pools.at(-1)) {
      pool = { sum: pool.sum + above.sum, count: pool.count + above.count };
      pools.pop();
    }
    pools.push(pool);
  });
  const lowest = bottom - (order.length - 1) * lineHeight;
  const places = [...ends];
  pools
    .flatMap((pool) =>
      Array.from({ length: pool.count }, () => Math.min(Math.max(meanOf(pool), top), lowest)),
    )
    .forEach((place, rank) => {
      places[order[rank]!] = place + rank * lineHeight;
    });
  return places;
};

import type { Triplets } from 'reproducible-paper/numerics/sparse-matrix';

/**
 * Counts ordered pairs exactly `distance` positions apart.
 *
 * @param ids tokens [pos]; a negative id is a token outside the vocabulary and is in no pair
 * @param vocabSize ids lie below it
 * @returns triplets sorted by row and column; row: earlier token, column: later token; unit: pairs
 * @see Paper 54, corpus statistics
 */
export const pairCounts = (ids: Int32Array, vocabSize: number, distance: number): Triplets => {
  const counts = new Map<number, number>();
  for (let t = 0; t + distance < ids.length; t += 1) {
    const earlier = ids[t]!;
    const later = ids[t + distance]!;
    if (earlier < 0 || later < 0) continue;
    const pair = earlier * vocabSize + later;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const pairs = Float64Array.from(counts.keys()).sort();
  return {
    rows: Int32Array.from(pairs, (pair) => Math.floor(pair / vocabSize)),
    cols: Int32Array.from(pairs, (pair) => pair % vocabSize),
    values: Float64Array.from(pairs, (pair) => counts.get(pair) ?? 0),
  };
};

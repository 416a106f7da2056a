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
  // Sorted whole and counted in runs: several times as fast as a map from pairs to counts.
  const pairs = new Float64Array(Math.max(0, ids.length - distance));
  let kept = 0;
  for (let t = 0; t < pairs.length; t += 1) {
    const earlier = ids[t]!;
    const later = ids[t + distance]!;
    if (earlier < 0 || later < 0) continue;
    pairs[kept] = earlier * vocabSize + later;
    kept += 1;
  }
  const sorted = pairs.subarray(0, kept).sort();
  const starts = Int32Array.from(sorted.keys()).filter((at) => at === 0 || sorted[at] !== sorted[at - 1]);
  return {
    rows: Int32Array.from(starts, (at) => Math.floor(sorted[at]! / vocabSize)),
    cols: Int32Array.from(starts, (at) => sorted[at]! % vocabSize),
    values: Float64Array.from(starts, (at, run) => (starts[run + 1] ?? kept) - at),
  };
};

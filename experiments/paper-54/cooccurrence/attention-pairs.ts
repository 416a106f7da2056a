import type { Triplets } from 'reproducible-paper/numerics/sparse-matrix';

/** Pairs of an earlier and a later token of one window, over many batches: which there are, and where each lies. */
export interface PairPlaces {
  /** Distinct pairs earlier * top + later, sorted. */
  readonly pairs: Float64Array;
  /** For each batch, the pair's place for each (t, s <= t) of each window, row by row; -1: not two top tokens. */
  readonly places: readonly Int32Array[];
}

/** Positions (t, s <= t) of a window, row by row. */
const triangle = (length: number): number => (length * (length + 1)) / 2;

/**
 * Every layer attends over the same pairs, so that they are looked up once and summed in plain arrays.
 *
 * @param batches top-token places of each batch's tokens [batch pos]; negative: not a top token
 */
export const pairPlaces = (batches: readonly Int32Array[], top: number, length: number): PairPlaces => {
  const found = new Map<number, number>();
  const places = batches.map((tokens) => {
    const at = new Int32Array((tokens.length / length) * triangle(length));
    let next = 0;
    for (let start = 0; start < tokens.length; start += length) {
      for (let t = 0; t < length; t += 1) {
        const later = tokens[start + t]!;
        for (let s = 0; s <= t; s += 1) {
          const earlier = tokens[start + s]!;
          let place = -1;
          if (later >= 0 && earlier >= 0) {
            const pair = earlier * top + later;
            place = found.get(pair) ?? found.size;
            found.set(pair, place);
          }
          at[next] = place;
          next += 1;
        }
      }
    }
    return at;
  });
  const pairs = Float64Array.from(found.keys()).sort();
  const rank = new Int32Array(pairs.length);
  pairs.forEach((pair, at) => {
    rank[found.get(pair)!] = at;
  });
  return { pairs, places: places.map((batch) => batch.map((place) => (place < 0 ? -1 : rank[place]!))) };
};

/**
 * Adds a batch's attention to the sums of one layer: K_att[a, b] = sum_t sum_{s<=t} A_ts [x_s = a, x_t = b], A
 * averaged over heads; unit: pairs.
 *
 * @param sums by place in `pairs`
 * @param places of the batch
 * @param probabilities [batch, head, pos, pos]; row: the later token
 */
export const addAttention = (
  sums: Float64Array,
  places: Int32Array,
  probabilities: Float32Array,
  nHeads: number,
  length: number,
): void => {
  const area = length * length;
  let next = 0;
  for (let window = 0; window < places.length / triangle(length); window += 1) {
    for (let t = 0; t < length; t += 1) {
      for (let s = 0; s <= t; s += 1, next += 1) {
        const place = places[next]!;
        if (place < 0) continue;
        let attention = 0;
        for (let head = 0; head < nHeads; head += 1) {
          attention += probabilities[(window * nHeads + head) * area + t * length + s]!;
        }
        sums[place]! += attention / nHeads;
      }
    }
  }
};

export const pairTriplets = (pairs: Float64Array, sums: Float64Array, top: number): Triplets => ({
  rows: Int32Array.from(pairs, (pair) => Math.floor(pair / top)),
  cols: Int32Array.from(pairs, (pair) => pair % top),
  values: sums,
});

import type { Triplets } from '../../../src/tensor/sparse-matrix.ts';

/** Adds attention to pairs of tokens: counts weighted by how much the later token attends to the earlier one. */
export interface AttentionPairs {
  /**
   * @param places top-token places of a batch's tokens [batch pos]; negative: not a top token
   * @param probabilities of one layer [batch, head, pos, pos]; row: the later token
   */
  add(places: Int32Array, probabilities: Float32Array): void;
  /** K_att[a, b] = sum_t sum_{s<=t} A_ts [x_s = a, x_t = b], A averaged over heads; unit: pairs */
  triplets(): Triplets;
}

export const createAttentionPairs = (top: number, nHeads: number, length: number): AttentionPairs => {
  const sums = new Map<number, number>();
  return {
    add: (places, probabilities) => {
      const area = length * length;
      for (let row = 0; row < places.length / length; row += 1) {
        for (let t = 0; t < length; t += 1) {
          const later = places[row * length + t]!;
          if (later < 0) continue;
          for (let s = 0; s <= t; s += 1) {
            const earlier = places[row * length + s]!;
            if (earlier < 0) continue;
            let attention = 0;
            for (let head = 0; head < nHeads; head += 1) {
              attention += probabilities[(row * nHeads + head) * area + t * length + s]!;
            }
            const pair = earlier * top + later;
            sums.set(pair, (sums.get(pair) ?? 0) + attention / nHeads);
          }
        }
      }
    },
    triplets: () => {
      const pairs = Float64Array.from(sums.keys()).sort();
      return {
        rows: Int32Array.from(pairs, (pair) => Math.floor(pair / top)),
        cols: Int32Array.from(pairs, (pair) => pair % top),
        values: Float64Array.from(pairs, (pair) => sums.get(pair) ?? 0),
      };
    },
  };
};

import { createHash } from 'node:crypto';
import type { SeededRandom } from './seeded-random.ts';

export interface NormalStream extends Pick<SeededRandom, 'normals'> {
  /** Four words of 32 bits, whether a normal is left over (1) and that normal [6]: whoever draws on moves it on. */
  readonly state: Float64Array;
}

/**
 * The normals of `seededRandom`, bit by bit, in two thirds of the time: the generator's state stands in variables of
 * one loop. For streams of nothing else.
 */
export const normalStream = (seed: number, stream: string): NormalStream => {
  const digest = createHash('sha256').update(`${seed}/${stream}`).digest();
  const state = Float64Array.of(...[0, 4, 8, 12].map((at) => digest.readInt32LE(at)), 0, 0);
  const normals: NormalStream['normals'] = (count) => {
    const drawn = new Float64Array(count);
    let [a, b, c, d, left, spare] = state as unknown as [number, number, number, number, number, number];
    let at = 0;
    if (count > 0 && left === 1) {
      drawn[at++] = spare;
      left = 0;
    }
    while (at < count) {
      // Two numbers of 53 bits in [0, 1), each of a high and a low word by xoshiro128**.
      let high = 0;
      let x = 0;
      let y = 0;
      for (let word = 0; word < 4; word += 1) {
        const scrambled = Math.imul(b, 5);
        const value = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
        const shifted = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = (d << 11) | (d >>> 21);
        if ((word & 1) === 0) {
          high = value >>> 5;
        } else {
          x = y;
          y = (2 * (high * 2 ** 26 + (value >>> 6))) / 2 ** 53 - 1;
        }
      }
      const r2 = x * x + y * y;
      if (r2 === 0 || r2 >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(r2)) / r2);
      drawn[at++] = x * factor;
      spare = y * factor;
      if (at < count) drawn[at++] = spare;
      else left = 1;
    }
    state.set([a, b, c, d, left, spare]);
    return drawn;
  };
  return { normals, state };
};

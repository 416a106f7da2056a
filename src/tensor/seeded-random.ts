import { createHash } from 'node:crypto';

/** A stream of numbers that depends on its seed and its name alone. */
export interface SeededRandom {
  /** [0, 1), 53 bits */
  uniform(): number;
  /** 0..n-1 */
  integer(n: number): number;
  normal(): number;
  normals(count: number): Float64Array;
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * xoshiro128** (Blackman and Vigna 2018), its state from a hash of seed and stream name, so that streams of one
 * seed are independent. Normals by Marsaglia's polar method.
 */
export const seededRandom = (seed: number, stream: string): SeededRandom => {
  const digest = createHash('sha256').update(`${seed}/${stream}`).digest();
  const state = Uint32Array.from({ length: 4 }, (_, i) => digest.readUInt32LE(4 * i));
  const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(state[1]!, 5), 7), 9) >>> 0;
    const shifted = state[1]! << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= shifted;
    state[3] = rotate(state[3]!, 11);
    return result;
  };
  const uniform = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const r2 = x * x + y * y;
      if (r2 === 0 || r2 >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(r2)) / r2);
      spare = y * factor;
      return x * factor;
    }
  };
  const integer = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    integer,
    normal,
    normals: (count) => Float64Array.from({ length: count }, normal),
    shuffle: (items) => {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = integer(i + 1);
        [result[i], result[j]] = [result[j]!, result[i]!];
      }
      return result;
    },
  };
};

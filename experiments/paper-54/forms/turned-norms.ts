/**
 * Norms of forms at many distances from Gram matrices at none. R_Delta turns planes of two rows, and a block of two rows
 * by two columns [[a, b], [c, d]] is two complex numbers, u = (a + d) + i(c - b) and v = (a - d) + i(c + b): turned by
 * alpha on its left and beta on its right, u e^{i(alpha - beta)} and v e^{i(alpha + beta)}; <M, N> is
 * Re(conj(u) u' + conj(v) v') / 2. So sums over blocks of equal angles are made once for all distances.
 */
import type { FormNorms } from './form-cosines.ts';
import type { FormFactors } from './form-factors.ts';

/** Of each pair of planes: real and imaginary parts of what turns by the difference and by the sum of its angles. */
const terms = 8;

/** @param crossed right left^T [n, n], as both Gram matrices, of rows in head order */
interface Grams {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly crossed: Float64Array;
}

/** Adds what a pair of planes gives, `times` over: of the energy, by difference and by sum, and then of <A, A^T>. */
const addBlock = (
  sums: Float64Array,
  at: number,
  { left, right, crossed }: Grams,
  i: number,
  j: number,
  n: number,
  times: number,
) => {
  const x = i * n + j;
  const y = x + n;
  const la = times * (left[x]! + left[y + 1]!);
  const lb = times * (left[y]! - left[x + 1]!);
  const lc = times * (left[x]! - left[y + 1]!);
  const ld = times * (left[y]! + left[x + 1]!);
  const ra = right[x]! + right[y + 1]!;
  const rb = right[y]! - right[x + 1]!;
  const rc = right[x]! - right[y + 1]!;
  const rd = right[y]! + right[x + 1]!;
  sums[at]! += la * ra + lb * rb;
  sums[at + 1]! += la * rb - lb * ra;
  sums[at + 2]! += lc * rc + ld * rd;
  sums[at + 3]! += lc * rd - ld * rc;
  const p = j * n + i;
  const q = p + n;
  const ca = times * (crossed[x]! + crossed[y + 1]!);
  const cb = times * (crossed[y]! - crossed[x + 1]!);
  const cc = times * (crossed[x]! - crossed[y + 1]!);
  const cd = times * (crossed[y]! + crossed[x + 1]!);
  const ta = crossed[p]! + crossed[q + 1]!;
  const tb = crossed[q]! - crossed[p + 1]!;
  const tc = crossed[p]! - crossed[q + 1]!;
  const td = crossed[q]! + crossed[p + 1]!;
  sums[at + 4]! += cc * tc + cd * td;
  sums[at + 5]! += cd * tc - cc * td;
  sums[at + 6]! += ca * ta - cb * tb;
  sums[at + 7]! += ca * tb + cb * ta;
};

/** @param deltas distances @returns one a distance */
export const turnedNorms = (
  grams: Grams,
  { angles, nHeads }: Pick<FormFactors, 'angles' | 'nHeads'>,
  deltas: readonly number[],
): readonly FormNorms[] => {
  const n = 2 * angles.length;
  const planes = angles.length / nHeads; // of a head; those of other heads have the same angles
  const size = planes * planes * terms;
  const sums = new Float64Array((nHeads + 1) * size); // of each head's own, and last of pairs of two heads
  // A pair of heads at a time: its blocks, and those across the diagonal, stay in cache.
  for (let head = 0; head < nHeads; head += 1) {
    for (let other = head; other < nHeads; other += 1) {
      for (let i = 0; i < planes; i += 1) {
        const from = ((other === head ? head : nHeads) * planes + i) * planes * terms;
        const own = head * planes + i;
        // The pair the other way round gives the same, whatever the distance.
        for (let j = other === head ? i : 0; j < planes; j += 1) {
          const across = other * planes + j;
          addBlock(sums, from + j * terms, grams, 2 * own, 2 * across, n, across > own ? 2 : 1);
        }
      }
    }
  }
  return deltas.map((delta) => {
    const energy = new Float64Array(nHeads + 1);
    const mixed = new Float64Array(nHeads + 1);
    for (let i = 0; i < planes; i += 1) {
      for (let j = 0; j < planes; j += 1) {
        const difference = -delta * (angles[i]! - angles[j]!);
        const sum = -delta * (angles[i]! + angles[j]!);
        const [c, s] = [Math.cos(difference) / 2, Math.sin(difference) / 2];
        const [e, f] = [Math.cos(sum) / 2, Math.sin(sum) / 2];
        for (let head = 0; head <= nHeads; head += 1) {
          const at = head * size + (i * planes + j) * terms;
          energy[head]! += c * sums[at]! - s * sums[at + 1]! + e * sums[at + 2]! - f * sums[at + 3]!;
          mixed[head]! += c * sums[at + 4]! - s * sums[at + 5]! + e * sums[at + 6]! - f * sums[at + 7]!;
        }
      }
    }
    for (let head = 0; head < nHeads; head += 1) {
      energy[nHeads]! += energy[head]!;
      mixed[nHeads]! += mixed[head]!;
    }
    return { energy, mixed };
  });
};

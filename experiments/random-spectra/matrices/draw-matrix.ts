import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { SeededRandom } from 'reproducible-paper/numerics/seeded-random';

/** Laws of one entry, each of mean zero and variance one. */
const entries = {
  gaussian: (random) => random.normal(),
  uniform: (random) => Math.sqrt(12) * (random.uniform() - 0.5),
  sign: (random) => (random.uniform() < 0.5 ? -1 : 1),
  /** Student's t with five degrees of freedom: a normal over a root of a mean of five squares; its variance is 5/3. */
  'student-5': (random) => {
    let squares = 0;
    for (let i = 0; i < 5; i += 1) squares += random.normal() ** 2;
    return random.normal() / Math.sqrt(squares / 5) / Math.sqrt(5 / 3);
  },
} as const satisfies Record<string, (random: SeededRandom) => number>;

export type EntryLaw = keyof typeof entries;

export const entryLaws = Object.keys(entries) as [EntryLaw, ...EntryLaw[]];

/** Independent entries [rows, cols] of one law. */
export const drawMatrix = (
  random: SeededRandom,
  rows: number,
  cols: number,
  law: EntryLaw = 'gaussian',
): Matrix => {
  const data = new Float64Array(rows * cols);
  for (let at = 0; at < data.length; at += 1) data[at] = entries[law](random);
  return matrix(rows, cols, data);
};

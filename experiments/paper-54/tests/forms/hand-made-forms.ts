import { type Matrix, matrix } from '../../../../src/numerics/matrix.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { type SparseMatrix, sparseFromTriplets } from '../../../../src/numerics/sparse-matrix.ts';
import type { FormFactors } from '../../forms/form-factors.ts';

export const tall = (rows: number, cols: number, seed: number): Matrix =>
  matrix(rows, cols, seededRandom(seed, 'tall').normals(rows * cols));

/** About a third of the pairs, with weights that are not symmetric. */
export const sparseView = (tokens: number, seed: number): SparseMatrix => {
  const random = seededRandom(seed, 'view');
  const pairs = Array.from({ length: tokens * tokens }, (_, at) => at).filter(() => random.uniform() < 0.3);
  return sparseFromTriplets(tokens, tokens, {
    rows: Int32Array.from(pairs, (pair) => Math.floor(pair / tokens)),
    cols: Int32Array.from(pairs, (pair) => pair % tokens),
    values: Float64Array.from(pairs, () => 1 + random.uniform()),
  });
};

export const dense = ({ rows, cols, offsets, indices, values }: SparseMatrix): Matrix => {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    for (let p = offsets[i]!; p < offsets[i + 1]!; p += 1) data[i * cols + indices[p]!] = values[p]!;
  }
  return matrix(rows, cols, data);
};

/** Descending, with ties. */
export const frequenciesOf = (tokens: number): Float64Array =>
  Float64Array.from({ length: tokens }, (_, at) => Math.ceil(900 / (1 + at)));

export const randomFactors = (n: number, nHeads: number, seed: number): FormFactors => ({
  layer: 0,
  nHeads,
  left: tall(n, n, seed),
  right: tall(n, n, seed + 1),
  angles: Float64Array.from(
    { length: n / 2 },
    (_, plane) => 100 ** ((-2 * (plane % (n / nHeads / 2))) / (n / nHeads)),
  ),
});

import type { BlockArithmetic } from './block-arithmetic.ts';
import type { LinearAlgebra } from './linear-algebra.ts';

/**
 * An orthonormal basis of a block's column space by Gram orthonormalisation: X (X^T X)^{-1/2}, from the eigenvectors
 * of X^T X; a second pass repairs what the first lost to rounding. Directions without weight are replaced by nothing:
 * the basis may have fewer columns.
 *
 * @param x [n, k], k <= n
 * @param passes 1 where a basis that is nearly orthonormal will do
 * @returns the basis, and the least eigenvalue of X^T X: the square of the length that X leaves of a direction at least
 */
export const orthonormalColumns = <B>(
  x: B,
  blocks: BlockArithmetic<B>,
  la: LinearAlgebra,
  passes: 1 | 2 = 2,
): { readonly basis: B; readonly least: number } => {
  let q = x;
  let least = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const gram = blocks.leave(blocks.multiply(q, q, { transposeA: true })); // [k, k]
    const { values, vectors } = la.symmetricEigen(gram); // [k], [k, k]
    const largest = values.at(-1) ?? 0;
    if (pass === 0) least = values[0] ?? 0;
    const kept = [...values.keys()].filter((i) => values[i]! > largest * 1e-13);
    const scaled = new Float64Array(vectors.rows * kept.length); // [k, kept]
    for (let i = 0; i < vectors.rows; i += 1) {
      kept.forEach((column, j) => {
        scaled[i * kept.length + j] = vectors.data[i * vectors.cols + column]! / Math.sqrt(values[column]!);
      });
    }
    q = blocks.multiply(q, blocks.enter({ rows: vectors.rows, cols: kept.length, data: scaled }));
  }
  return { basis: q, least };
};

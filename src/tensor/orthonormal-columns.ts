import type { LinearAlgebra, Matrix } from './linear-algebra.ts';

/**
 * An orthonormal basis of a matrix's column space by two passes of Cholesky-free Gram orthonormalisation:
 * X (X^T X)^{-1/2}, from the eigenvectors of X^T X; the second pass repairs what the first lost to rounding.
 * Directions without weight are replaced by nothing: the basis may have fewer columns.
 *
 * @param x [n, k], k <= n
 */
export const orthonormalColumns = (x: Matrix, la: LinearAlgebra): Matrix => {
  let q = x;
  for (let pass = 0; pass < 2; pass += 1) {
    const { values, vectors } = la.symmetricEigen(la.multiply(q, q, { transposeA: true })); // [k], [k, k]
    const largest = values.at(-1) ?? 0;
    const kept = [...values.keys()].filter((i) => values[i]! > largest * 1e-13);
    const scaled = new Float64Array(vectors.rows * kept.length); // [k, kept]
    for (let i = 0; i < vectors.rows; i += 1) {
      kept.forEach((column, j) => {
        scaled[i * kept.length + j] = vectors.data[i * vectors.cols + column]! / Math.sqrt(values[column]!);
      });
    }
    q = la.multiply(q, { rows: vectors.rows, cols: kept.length, data: scaled });
  }
  return q;
};

/**
 * Null N4g, the gauge null of T1: r(O A, M) for a Haar matrix O, the output side of A turned, which keeps how strong each
 * input direction is. <O A, M> = <O, M A^T>: a draw costs one inner product a pair.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import type { Standardised } from 'reproducible-paper/numerics/pearson';

/** A matrix with views, made ready for many turns. */
export interface GaugePairs {
  /** ||A||^2 */
  readonly energy: number;
  /** Sums of A's rows [n] */
  readonly rowSums: Float64Array;
  /** M A^T of each view [n, n] */
  readonly crossed: readonly Matrix[];
}

export const gaugePairs = (a: Matrix, views: readonly Standardised[], la: LinearAlgebra): GaugePairs => ({
  energy: innerProduct(a, a),
  rowSums: Float64Array.from({ length: a.rows }, (_, i) =>
    a.data.subarray(i * a.cols, (i + 1) * a.cols).reduce((sum, x) => sum + x, 0),
  ),
  crossed: views.map((view) => la.multiply(view.matrix, a, { transposeB: true })),
});

/** r of O A with each view. */
export const gaugeDraw = ({ energy, rowSums, crossed }: GaugePairs, o: Matrix): readonly number[] => {
  const n = o.rows;
  let sum = 0; // of the entries of O A
  for (let at = 0; at < o.data.length; at += 1) sum += o.data[at]! * rowSums[at % n]!;
  const norm = Math.sqrt(energy - (sum * sum) / (n * n)); // less its mean
  return crossed.map((product) => innerProduct(o, product) / norm);
};

import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { type Matrix, matrix } from '../../../src/numerics/matrix.ts';
import type { SeededRandom } from '../../../src/numerics/seeded-random.ts';

/**
 * An orthogonal matrix from Haar's measure: the left singular vectors U of a Gaussian X = U Sigma V^T, as X V Sigma^{-1}.
 * The polar factor U V^T is Haar's and independent of X^T X, from which alone V and its signs are made; so U is Haar's
 * too, with no signs to correct as those of a QR decomposition must be (Mezzadri 2007).
 */
export const haarMatrix = (n: number, random: SeededRandom, la: LinearAlgebra): Matrix => {
  const gaussian = matrix(n, n, random.normals(n * n));
  const { values, vectors } = la.symmetricEigen(la.multiply(gaussian, gaussian, { transposeA: true }));
  const scaled = matrix(
    n,
    n,
    vectors.data.map((x, at) => x / Math.sqrt(values[at % n]!)),
  );
  const near = la.multiply(gaussian, scaled);
  // X^T X squares the condition of X: one step of Newton and Schulz's iteration takes the rounding away.
  const gram = la.multiply(near, near, { transposeA: true });
  const step = matrix(
    n,
    n,
    gram.data.map((x, at) => (at % (n + 1) === 0 ? 3 - x : -x) / 2),
  );
  return la.multiply(near, step);
};

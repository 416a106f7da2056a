/**
 * The positive control: a layer of known answer. The scores of its form on tokens are alpha times what the embedding can
 * carry of the view's transpose, plus sqrt(1 - alpha^2) times those of a real layer whose stream a Haar matrix has turned,
 * both of unit energy; so alpha^2 is the view's share of energy. Q and K are one of the factorings that the form allows,
 * turned by a Haar gauge: no matrix that a test reads is the image that it looks for.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { frobeniusNorm, type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { PaperError } from 'reproducible-paper/stage';
import { inSpace } from '../forms/form-cosines.ts';
import type { FormFactors } from '../forms/form-factors.ts';
import type { TokenSpace } from '../forms/token-space.ts';

/** alpha view + sqrt(1 - alpha^2) background, each divided by its norm. @throws BadStrength */
export const blend = (view: Matrix, background: Matrix, alpha: number): Matrix => {
  if (!(alpha >= 0 && alpha <= 1)) {
    throw new PaperError('BadStrength', 'a view is planted at a strength between none and all.', {
      details: [`expected 0 to 1; received ${alpha}`],
      hint: 'look at `inference.planted.strengths` in the configuration.',
    });
  }
  const own = alpha / frobeniusNorm(view);
  const rest = Math.sqrt(1 - alpha * alpha) / frobeniusNorm(background);
  return matrix(
    view.rows,
    view.cols,
    view.data.map((x, at) => own * x + rest * background.data[at]!),
  );
};

/** diag(x) A diag(y) */
const scaled = (a: Matrix, rows: Float64Array | null, cols: Float64Array | null): Matrix => ({
  ...a,
  data: a.data.map((x, at) => x * (rows?.[Math.floor(at / a.cols)] ?? 1) * (cols?.[at % a.cols] ?? 1)),
});

/**
 * Q and K with Q^T K = B and Q Q^T = K K^T up to a turn: Q = G S^{1/2} U^T, K = G S^{-1/2} U^T B, B B^T = U S^2 U^T.
 *
 * @param gauge G [n, n], orthogonal
 */
export const balancedFactors = (
  b: Matrix,
  gauge: Matrix,
  la: LinearAlgebra,
): { readonly q: Matrix; readonly k: Matrix } => {
  const { values, vectors } = la.symmetricEigen(la.multiply(b, b, { transposeB: true }));
  // Rounding of the smallest; what they stand for is as small in B.
  const least = values.at(-1)! * 1e-14;
  const roots = values.map((value) => Math.max(value, least) ** 0.25); // S^{1/2}
  const inverse = roots.map((root) => 1 / root);
  return {
    q: la.multiply(scaled(gauge, null, roots), vectors, { transposeB: true }),
    k: la.multiply(scaled(gauge, null, inverse), la.multiply(vectors, b, { transposeA: true })),
  };
};

export interface PlantedLayer {
  readonly q: Matrix;
  readonly k: Matrix;
}

/**
 * Scores on tokens of a real layer whose stream is turned: A [n, n], in the space's coordinates.
 *
 * @param turn Haar [n, n]
 */
export const turnedForm = (
  factors: FormFactors,
  space: Pick<TokenSpace, 'roots'>,
  turn: Matrix,
  la: LinearAlgebra,
): Matrix => {
  const { left, right } = inSpace(factors, space, turn, la);
  return la.multiply(left, right, { transposeA: true });
};

/**
 * @param background scores on tokens, as the image: [n, n] in the space's coordinates
 * @param gauge Haar, of heads' dimensions [n, n]
 */
export const plantedLayer = (
  background: Matrix,
  { roots, basis }: Pick<TokenSpace, 'roots' | 'basis'>,
  image: Matrix,
  alpha: number,
  gauge: Matrix,
  la: LinearAlgebra,
): PlantedLayer => {
  const inverse = roots.map((root) => 1 / root);
  const whitened = scaled(blend(image, background, alpha), inverse, inverse);
  const b = la.multiply(la.multiply(basis, whitened), basis, { transposeB: true });
  return balancedFactors(b, gauge, la);
};

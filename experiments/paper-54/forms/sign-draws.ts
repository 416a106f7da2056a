/**
 * Null N4s: random signs in the eigenbasis of C, A -> D A D, one D a layer: what is left is the strength of every direction
 * and the diagonal. <D A D, W> = d^T (A * W) d.
 */
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { type Matrix, matrix } from '../../../src/numerics/matrix.ts';
import { seededRandom } from '../../../src/numerics/seeded-random.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf } from './form-cosines.ts';
import type { FormProblem } from './form-problem.ts';
import { headForm, observedForms } from './observed-forms.ts';

/** Products of many draws: [draw][2 views][heads + 1] */
const emptyProducts = (draws: number, places: number, heads: number): Float64Array[][] =>
  Array.from({ length: draws }, () => Array.from({ length: places }, () => new Float64Array(heads)));

/** d^T (A * W) d for each draw's signs d and each image: adds them to the draws' products of a head. */
const addSigned = (
  products: readonly (readonly Float64Array[])[],
  signs: Matrix,
  form: Matrix,
  images: Matrix,
  head: number,
  la: LinearAlgebra,
): void => {
  const n = form.rows;
  const weighted = matrix(
    n,
    images.cols,
    images.data.map((x, at) => x * form.data[Math.floor(at / images.cols) * n + (at % n)]!),
  );
  const seen = la.multiply(signs, weighted); // [draws, images n]
  products.forEach((ofDraw, draw) => {
    ofDraw.forEach((ofImage, place) => {
      let sum = 0;
      for (let j = 0; j < n; j += 1) {
        sum += seen.data[draw * images.cols + place * n + j]! * signs.data[draw * n + j]!;
      }
      ofImage[head]! += sum;
      ofImage[ofImage.length - 1]! += sum;
    });
  });
};

export const signDraws = (
  problem: FormProblem,
  { draws, seed, run, advance }: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const drawn = emptyDraws(problem, draws);
  const { nHeads } = problem;
  problem.posed.forEach((posed, layer) => {
    const n = problem.free.roots.length;
    const random = seededRandom(seed, `form-signs/${run}/layer-${layer}`);
    const signs = matrix(
      draws,
      n,
      Float64Array.from({ length: draws * n }, () => (random.uniform() < 0.5 ? -1 : 1)),
    );
    const cosines: Float64Array[][] = Array.from({ length: draws }, () => []);
    for (const one of posed) {
      for (const { norms, left, turned } of observedForms(one, la)) {
        const products = emptyProducts(draws, 2 * one.space.views.length, nHeads + 1);
        for (let head = 0; head < nHeads; head += 1) {
          addSigned(products, signs, headForm(left, turned, head, nHeads, la), one.images, head, la);
        }
        products.forEach((ofDraw, draw) => {
          cosines[draw]!.push(...cosinesOf(ofDraw, norms, one.space.views, one.parts));
        });
      }
    }
    cosines.forEach((ofDraw, draw) => {
      drawn.put(draw, layer, ofDraw);
    });
    advance?.();
  });
  return drawn;
};

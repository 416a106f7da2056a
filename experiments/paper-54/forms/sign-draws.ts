/**
 * Null N4s: random signs in the eigenbasis of C, A -> D A D, one D a layer: what is left is the strength of every direction
 * and the diagonal. <D A D, W> = d^T (A * W) d.
 */
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { type Matrix, matrix } from '../../../src/numerics/matrix.ts';
import { type SeededRandom, seededRandom } from '../../../src/numerics/seeded-random.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf } from './form-cosines.ts';
import { type FormProblem, layerCosines } from './form-problem.ts';
import { headForm, observedForms } from './observed-forms.ts';
import type { TokenSpace } from './token-space.ts';

const randomSigns = (count: number, random: SeededRandom): Float64Array =>
  Float64Array.from({ length: count }, () => (random.uniform() < 0.5 ? -1 : 1));

const signStream = ({ seed, run }: Draws, layer: number): SeededRandom =>
  seededRandom(seed, `form-signs/${run}/layer-${layer}`);

/** The first draws the long way: factors whose columns change signs. */
export const replayedSigns = (problem: FormProblem, draws: Draws, la: LinearAlgebra): DrawnCosines => {
  const drawn = emptyDraws(problem, draws.draws);
  problem.posed.forEach((posed, layer) => {
    const random = signStream(draws, layer);
    const n = problem.free.roots.length;
    for (let draw = 0; draw < draws.draws; draw += 1) {
      const signs = randomSigns(n, random);
      const signed = ({ basis }: TokenSpace): Matrix =>
        matrix(
          n,
          n,
          basis.data.map((x, at) => x * signs[at % n]!),
        );
      drawn.put(draw, layer, layerCosines(posed, signed, la));
    }
  });
  return drawn;
};

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
  const weighted = matrix(n, images.cols, new Float64Array(images.data.length)); // A * W, A * W^T of each view
  for (let i = 0; i < n; i += 1) {
    for (let from = i * images.cols; from < (i + 1) * images.cols; from += n) {
      for (let j = 0; j < n; j += 1) weighted.data[from + j] = images.data[from + j]! * form.data[i * n + j]!;
    }
  }
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

export const signDraws = (problem: FormProblem, given: Draws, la: LinearAlgebra): DrawnCosines => {
  const { draws, advance } = given;
  const drawn = emptyDraws(problem, draws);
  const { nHeads } = problem;
  problem.posed.forEach((posed, layer) => {
    const n = problem.free.roots.length;
    const random = signStream(given, layer);
    const signs = matrix(draws, n, randomSigns(draws * n, random));
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

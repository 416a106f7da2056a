/**
 * T6 before its null: the cosine of a head's form on tokens, A = left^T R_Delta right, and a view's image W, whole, of
 * their symmetric and of their antisymmetric parts. A is never made: <A, W> = sum over rows of (left W) * (R right), and
 * norms come from Gram matrices of the head's own width.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { PaperError } from 'reproducible-paper/stage';
import { type FormFactors, turnPlanes } from './form-factors.ts';
import type { Part, TokenSpace, View } from './token-space.ts';

/** A cosine that is asked for: of a view or of its transpose. */
export interface ViewPart {
  readonly view: string;
  readonly part: Part;
  /** Of the space's views. */
  readonly index: number;
  readonly isTransposed: boolean;
}

/** Every view's parts; of K_2's transpose the whole, since its parts are K_2's but for a sign. */
export const viewParts = (views: readonly { readonly id: string }[]): readonly ViewPart[] =>
  views.flatMap(({ id: view }, index) => [
    { view, part: 'whole' as const, index, isTransposed: false },
    ...(view === 'K_2' ? [{ view: 'K_2_T', part: 'whole' as const, index, isTransposed: true }] : []),
    { view, part: 'symmetric' as const, index, isTransposed: false },
    { view, part: 'antisymmetric' as const, index, isTransposed: false },
  ]);

/** Of each head, and last of the sum over heads: [heads + 1]. */
export interface FormNorms {
  /** ||A||^2 */
  readonly energy: Float64Array;
  /** <A, A^T> */
  readonly mixed: Float64Array;
}

/** For each view <A, W> and <A, W^T>, of each head and last of the sum: [2 views][heads + 1]. */
export type FormProducts = readonly Float64Array[];

/** W and W^T of each side by side: [n, 2 images n]. */
export const joinImages = (single: readonly Matrix[]): Matrix => {
  const images = single.flatMap((image) => [image, transpose(image)]);
  const n = images[0]?.rows ?? 0;
  const data = new Float64Array(n * n * images.length);
  images.forEach((image, place) => {
    for (let i = 0; i < n; i += 1) {
      data.set(image.data.subarray(i * n, (i + 1) * n), (i * images.length + place) * n);
    }
  });
  return matrix(n, n * images.length, data);
};

/**
 * Factors in a space's coordinates: left turn diag(roots), and right the same.
 *
 * @param turn V for the form itself, a Haar matrix for null N4
 */
export const inSpace = (
  { left, right, ...rest }: FormFactors,
  { roots }: Pick<TokenSpace, 'roots'>,
  turn: Matrix,
  la: LinearAlgebra,
): FormFactors => {
  const n = turn.cols;
  const scaled = matrix(
    turn.rows,
    n,
    turn.data.map((x, at) => x * roots[at % n]!),
  );
  return { ...rest, left: la.multiply(left, scaled), right: la.multiply(right, scaled) };
};

/** @param crossed right left^T [n, n], as both Gram matrices, of rows in head order */
export const formNorms = (
  gramLeft: Matrix,
  gramRight: Matrix,
  crossed: Matrix,
  nHeads: number,
): FormNorms => {
  const n = crossed.rows;
  const dHead = n / nHeads;
  const energy = new Float64Array(nHeads + 1);
  const mixed = new Float64Array(nHeads + 1);
  for (let i = 0; i < n; i += 1) {
    const head = Math.floor(i / dHead);
    for (let j = 0; j < n; j += 1) {
      const own = gramLeft.data[i * n + j]! * gramRight.data[i * n + j]!;
      const turned = crossed.data[i * n + j]! * crossed.data[j * n + i]!;
      energy[nHeads]! += own;
      mixed[nHeads]! += turned;
      if (Math.floor(j / dHead) !== head) continue;
      energy[head]! += own;
      mixed[head]! += turned;
    }
  }
  return { energy, mixed };
};

/** @param seen left times the joined images [n, images n] */
const productsOf = (seen: Matrix, right: Matrix, nHeads: number): FormProducts => {
  const n = right.cols;
  const dHead = right.rows / nHeads;
  return Array.from({ length: seen.cols / n }, (_, place) => {
    const products = new Float64Array(nHeads + 1);
    for (let i = 0; i < right.rows; i += 1) {
      let sum = 0;
      const from = i * seen.cols + place * n;
      for (let c = 0; c < n; c += 1) sum += seen.data[from + c]! * right.data[i * n + c]!;
      products[Math.floor(i / dHead)]! += sum;
      products[nHeads]! += sum;
    }
    return products;
  });
};

/**
 * @param factors in the space's coordinates
 * @param images joined
 * @param deltas distances
 * @returns one a distance
 */
export const formTerms = (
  { left, right, nHeads, angles }: FormFactors,
  images: Matrix,
  deltas: readonly number[],
  la: LinearAlgebra,
): readonly { readonly products: FormProducts; readonly norms: FormNorms }[] => {
  const seen = la.multiply(left, images);
  const gramLeft = la.multiply(left, left, { transposeB: true });
  const gramRight = la.multiply(right, right, { transposeB: true });
  const crossed = la.multiply(right, left, { transposeB: true });
  return deltas.map((delta) => {
    const turn = (a: Matrix): Matrix => (delta === 0 ? a : turnPlanes(a, angles, delta));
    // R G R^T of a symmetric G, turned on one side and then on the other.
    const turnedGram = delta === 0 ? gramRight : turn(transpose(turn(gramRight)));
    return {
      products: productsOf(seen, turn(right), nHeads),
      norms: formNorms(gramLeft, turnedGram, turn(crossed), nHeads),
    };
  });
};

/** A part's energy below this share of the whole is rounding. */
const noEnergy = 1e-12;

/** Cosines by part and head: [parts][heads + 1]. @throws ZeroMatrix when a form or its part is zero */
export const cosinesOf = (
  products: FormProducts,
  { energy, mixed }: FormNorms,
  views: readonly View[],
  parts: readonly ViewPart[],
): readonly Float64Array[] =>
  parts.map(({ view, part, index, isTransposed }) => {
    const { norms } = views[index]!;
    const along = products[2 * index + (isTransposed ? 1 : 0)]!;
    const across = products[2 * index + (isTransposed ? 0 : 1)]!;
    return along.map((product, head) => {
      const sign = part === 'symmetric' ? 1 : -1;
      const share = part === 'whole' ? energy[head]! : (energy[head]! + sign * mixed[head]!) / 2;
      if (!(share > noEnergy * energy[head]!) || !(norms[part] > 0)) {
        throw new PaperError(
          'ZeroMatrix',
          `a form or its view has no ${part} part, which therefore has no direction.`,
          {
            details: [
              `expected energy in view ${view} and in ${head < energy.length - 1 ? `head ${head}` : 'the sum over heads'}`,
            ],
            hint: 'check the run that the weights come from.',
          },
        );
      }
      const inner = part === 'whole' ? product : (product + sign * across[head]!) / 2;
      return inner / (Math.sqrt(share) * norms[part]);
    });
  });

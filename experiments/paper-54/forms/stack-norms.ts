/**
 * Norms of many draws' forms at once, from factors in single precision. Several distances share three Gram matrices; at
 * distance 0 alone a head's are of its own width, and the sum over heads is A = left^T right itself, so that one product
 * of whole factors does for three.
 */
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { FormNorms } from './form-cosines.ts';
import type { FormFactors } from './form-factors.ts';
import { turnedNorms } from './turned-norms.ts';

/** At distance 0, of each draw. @param left in the space's coordinates [draws, n, n], as right */
const plainNorms = <S>(
  left: S,
  right: S,
  { angles, nHeads }: Pick<FormFactors, 'angles' | 'nHeads'>,
  draws: number,
  stacks: MatrixStacks<S>,
): readonly FormNorms[] => {
  const n = 2 * angles.length;
  const dHead = n / nHeads;
  const [l, r] = [left, right].map((side) => stacks.reshape(side, [draws * nHeads, dHead, n])) as [S, S];
  const [own, crossed, whole] = stacks.step(() => {
    const gram = (a: S, b: S): S => stacks.multiply(a, b, { transposeB: true }); // [draws heads, dHead, dHead]
    const x = gram(r, l);
    const a = stacks.multiply(left, right, { transposeA: true }); // A [draws, n, n]
    return [
      stacks.innerProducts(gram(l, l), gram(r, r)),
      stacks.innerProducts(x, x),
      stacks.innerProducts(a, a),
    ] as const;
  });
  return Array.from({ length: draws }, (_, draw) => {
    // Of a head ||A||^2 = <L L^T, R R^T> and <A, A^T> = <X, X^T>, X = R L^T.
    const energy = Float64Array.from({ length: nHeads + 1 }, (_, head) =>
      head < nHeads ? own[2 * (draw * nHeads + head)]! : whole[2 * draw]!,
    );
    const mixed = Float64Array.from({ length: nHeads + 1 }, (_, head) =>
      head < nHeads ? crossed[2 * (draw * nHeads + head) + 1]! : whole[2 * draw + 1]!,
    );
    return { energy, mixed };
  });
};

/**
 * Norms by draw and distance.
 *
 * @param left in the space's coordinates [draws, n, n], as right
 * @param deltas distances
 */
export const stackNorms = <S>(
  left: S,
  right: S,
  factors: Pick<FormFactors, 'angles' | 'nHeads'>,
  deltas: readonly number[],
  draws: number,
  stacks: MatrixStacks<S>,
): readonly (readonly FormNorms[])[] => {
  if (deltas.every((delta) => delta === 0)) {
    return plainNorms(left, right, factors, draws, stacks).map((norms) => deltas.map(() => norms));
  }
  const size = (2 * factors.angles.length) ** 2;
  const gram = (a: S, b: S): Float64Array =>
    stacks.step(() => stacks.leave(stacks.multiply(a, b, { transposeB: true }))); // [draws, n, n]
  const grams = { left: gram(left, left), right: gram(right, right), crossed: gram(right, left) };
  const own = (of: Float64Array, draw: number): Float64Array => of.subarray(draw * size, (draw + 1) * size);
  return Array.from({ length: draws }, (_, draw) =>
    turnedNorms(
      {
        left: own(grams.left, draw),
        right: own(grams.right, draw),
        crossed: own(grams.crossed, draw),
      },
      factors,
      deltas,
    ),
  );
};

/**
 * Norms of many draws' forms at once, from factors in single precision. Several distances share three Gram matrices; at
 * distance 0 alone a head's are of its own width, and the sum over heads is A = left^T right itself, so that one product
 * of whole factors does for three.
 */
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { FormNorms } from './form-cosines.ts';
import type { FormFactors } from './form-factors.ts';
import { turnedNorms } from './turned-norms.ts';

/** Widened before it leaves: entry by entry that takes twice as long as the copy. */
export const leaveSingle = <S>(stack: S, stacks: MatrixStacks<S>): Float64Array =>
  stacks.leave(stacks.double(stack));

/** ||A||^2 = <L L^T, R R^T> and <A, A^T> = <X, X^T>, X = R L^T, of one head's rows. @param grams each [dHead, dHead] */
const headNorms = (
  left: Float64Array,
  right: Float64Array,
  crossed: Float64Array,
  dHead: number,
): readonly [energy: number, mixed: number] => {
  let energy = 0;
  let mixed = 0;
  for (let i = 0; i < dHead; i += 1) {
    for (let j = 0; j < dHead; j += 1) {
      const at = i * dHead + j;
      energy += left[at]! * right[at]!;
      mixed += crossed[at]! * crossed[j * dHead + i]!;
    }
  }
  return [energy, mixed];
};

/** ||A||^2 and <A, A^T> of a whole form [n, n]. */
const wholeNorms = (form: Float64Array, n: number): readonly [energy: number, mixed: number] => {
  let energy = 0;
  let mixed = 0; // above the diagonal
  let diagonal = 0;
  for (let i = 0; i < n; i += 1) {
    diagonal += form[i * n + i]! ** 2;
    for (let j = i + 1; j < n; j += 1) {
      const x = form[i * n + j]!;
      const y = form[j * n + i]!;
      energy += x * x + y * y;
      mixed += x * y;
    }
  }
  return [energy + diagonal, 2 * mixed + diagonal];
};

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
  const gram = (a: S, b: S): Float64Array =>
    stacks.step(() => leaveSingle(stacks.multiply(a, b, { transposeB: true }), stacks)); // [draws heads, dHead, dHead]
  const grams = [gram(l, l), gram(r, r), gram(r, l)] as const;
  const whole = stacks.step(() => leaveSingle(stacks.multiply(left, right, { transposeA: true }), stacks)); // A [draws, n, n]
  return Array.from({ length: draws }, (_, draw) => {
    const energy = new Float64Array(nHeads + 1);
    const mixed = new Float64Array(nHeads + 1);
    for (let head = 0; head < nHeads; head += 1) {
      const from = (draw * nHeads + head) * dHead * dHead;
      const [a, b, c] = grams.map((of) => of.subarray(from, from + dHead * dHead));
      [energy[head], mixed[head]] = headNorms(a!, b!, c!, dHead);
    }
    [energy[nHeads], mixed[nHeads]] = wholeNorms(whole.subarray(draw * n * n, (draw + 1) * n * n), n);
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
    stacks.step(() => leaveSingle(stacks.multiply(a, b, { transposeB: true }), stacks)); // [draws, n, n]
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

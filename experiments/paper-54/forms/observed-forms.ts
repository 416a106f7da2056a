import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { type Matrix, sliceRows } from '../../../src/numerics/matrix.ts';
import { formTerms, inSpace } from './form-cosines.ts';
import { turnPlanes } from './form-factors.ts';
import type { Posed } from './form-problem.ts';

/** A head's form A at one distance [n, n], from factors in the space's coordinates. */
export const headForm = (
  left: Matrix,
  turned: Matrix,
  head: number,
  nHeads: number,
  la: LinearAlgebra,
): Matrix => {
  const dHead = left.rows / nHeads;
  const rows = (a: Matrix): Matrix => sliceRows(a, head * dHead, (head + 1) * dHead);
  return la.multiply(rows(left), rows(turned), { transposeA: true });
};

/** Each form of a setting with its norms, at each distance. */
export const observedForms = ({ setting, factors, space, images }: Posed, la: LinearAlgebra) => {
  const own = inSpace(factors, space, space.basis, la);
  return formTerms(own, images, setting.deltas, la).map(({ norms }, at) => {
    const delta = setting.deltas[at]!;
    return { norms, left: own.left, turned: turnPlanes(own.right, own.angles, delta) };
  });
};

/**
 * What a layer's form says on tokens, summed over heads, as shares of its energy, all pairs alike: a constant; what depends
 * on the frequency of the later token, of the earlier one or of both; what depends on which token one of the two is; and
 * what depends on which both are. With orthogonal projections P_i on the constant, on other functions of frequency and on
 * the rest, ||P_i E B E^T P_j||^2 = <C_i B, B C_j>, C_i = E^T P_i E.
 */
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import {
  frobeniusNorm,
  innerProduct,
  type Matrix,
  matrix,
  sliceCols,
  subtract,
} from '../../../src/numerics/matrix.ts';
import { numberColumn } from '../../../src/results/index.ts';
import { inSpace } from './form-cosines.ts';
import type { FormFactors } from './form-factors.ts';
import type { TokenSpace } from './token-space.ts';

export const energyColumns = [
  numberColumn('constant'),
  numberColumn('query-frequency'),
  numberColumn('key-frequency'),
  numberColumn('both-frequencies'),
  numberColumn('one-identity'),
  numberColumn('both-identities'),
  numberColumn('leading-direction'),
];

/** C_i of the constant, of the other functions of frequency, and of what is left: [n, n] each. */
const piecesOf = ({ carrier, roots, basis }: TokenSpace, functions: Matrix, la: LinearAlgebra) => {
  const n = roots.length;
  const scaled = matrix(
    n,
    n,
    basis.data.map((x, at) => x * roots[at % n]!),
  ); // V diag(roots)
  const own = la.multiply(scaled, scaled, { transposeB: true }); // C
  const seen = la.multiply(scaled, la.multiply(carrier, functions, { transposeA: true })); // E^T G [n, functions]
  const onto = (from: number, to: number): Matrix => {
    const some = sliceCols(seen, from, to);
    return la.multiply(some, some, { transposeB: true });
  };
  const all = onto(0, functions.cols);
  return { constant: onto(0, 1), frequency: onto(1, functions.cols), identity: subtract(own, all) };
};

/**
 * Shares that sum to one, and the share of the largest singular value.
 *
 * @param functions of frequency as orthonormal columns, the constant first
 */
export const energyShares = (
  factors: FormFactors,
  space: TokenSpace,
  functions: Matrix,
  la: LinearAlgebra,
): Readonly<Record<string, number>> => {
  const b = la.multiply(factors.left, factors.right, { transposeA: true });
  const pieces = Object.values(piecesOf(space, functions, la));
  const before = pieces.map((piece) => la.multiply(piece, b));
  const after = pieces.map((piece) => la.multiply(b, piece));
  const energy = before.map((left) => after.map((right) => innerProduct(left, right)));
  const at = (later: number, earlier: number): number => energy[later]![earlier]!;
  const total = energy.flat().reduce((sum, x) => sum + x, 0);
  const { left, right } = inSpace(factors, space, space.basis, la);
  const a = la.multiply(left, right, { transposeA: true });
  return {
    constant: at(0, 0) / total,
    'query-frequency': at(1, 0) / total,
    'key-frequency': at(0, 1) / total,
    'both-frequencies': at(1, 1) / total,
    'one-identity': (at(2, 0) + at(0, 2) + at(2, 1) + at(1, 2)) / total,
    'both-identities': at(2, 2) / total,
    'leading-direction': (la.singularValues(a)[0]! / frobeniusNorm(a)) ** 2,
  };
};

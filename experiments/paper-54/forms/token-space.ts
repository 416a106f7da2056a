/**
 * Where forms meet views without a matrix of tokens by tokens. With E = U diag(roots) V^T, the scores of a form on tokens
 * are E B E^T = U A U^T, A = diag(roots) V^T B V diag(roots), and the part of M^T that E can carry is U W U^T,
 * W = (U^T M U)^T; so their cosine is that of A and W, both [n, n].
 */
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { innerProduct, type Matrix, matrix, subtract, transpose } from '../../../src/numerics/matrix.ts';
import {
  type SparseMatrix,
  sparseAdd,
  sparseFrobeniusNorm,
  sparseTimesDense,
  sparseTranspose,
} from '../../../src/numerics/sparse-matrix.ts';
import { rawImage } from '../cooccurrence/model-space.ts';
import { requireRank } from './require-rank.ts';

/** Parts of a square matrix: its own, of (W + W^T) / 2 and of (W - W^T) / 2. */
export interface Parts {
  readonly whole: number;
  readonly symmetric: number;
  readonly antisymmetric: number;
}

export type Part = keyof Parts;

export interface View {
  readonly id: string;
  /** W [n, n]; row: the later token */
  readonly image: Matrix;
  readonly norms: Parts;
  /** Cosine of M^T and what of it E can carry: no form can do better. null where M on tokens is not kept. */
  readonly carried: Parts | null;
}

export interface TokenSpace {
  /** `free`: functions of frequency are projected out of E and out of both sides of M. */
  readonly id: 'free' | 'whole';
  /** Singular values of E, ascending [n] */
  readonly roots: Float64Array;
  /** V [n, n] */
  readonly basis: Matrix;
  /** U [tokens, n] */
  readonly carrier: Matrix;
  readonly views: readonly View[];
}

/** Norms of both parts, from ||W||^2 and <W, W^T>. */
const partsOf = (energy: number, mixed: number): Parts => ({
  whole: Math.sqrt(energy),
  symmetric: Math.sqrt(Math.max(0, (energy + mixed) / 2)),
  antisymmetric: Math.sqrt(Math.max(0, (energy - mixed) / 2)),
});

/** a less its projection on the functions in `basis` [tokens, functions]. */
export const lessFunctions = (a: Matrix, basis: Matrix, la: LinearAlgebra): Matrix =>
  subtract(a, la.multiply(basis, la.multiply(basis, a, { transposeA: true })));

/** Norms of P M P, P the projection off the functions; without them of M. */
const normsOnTokens = (m: SparseMatrix, functions: Matrix | null, la: LinearAlgebra): Parts => {
  const own = sparseFrobeniusNorm(m) ** 2;
  const crossed = (sparseFrobeniusNorm(sparseAdd(m, sparseTranspose(m))) ** 2 - 2 * own) / 2; // <M, M^T>
  if (!functions) return partsOf(own, crossed);
  const right = sparseTimesDense(m, functions); // M G [tokens, functions]
  const left = sparseTimesDense(sparseTranspose(m), functions); // M^T G
  const core = la.multiply(functions, right, { transposeA: true }); // G^T M G
  return partsOf(
    own - innerProduct(left, left) - innerProduct(right, right) + innerProduct(core, core),
    crossed - 2 * innerProduct(left, right) + innerProduct(core, transpose(core)),
  );
};

const viewOf = (id: string, image: Matrix, onTokens: Parts | null): View => {
  const norms = partsOf(innerProduct(image, image), innerProduct(image, transpose(image)));
  const carried = onTokens && {
    whole: norms.whole / onTokens.whole,
    symmetric: norms.symmetric / onTokens.symmetric,
    antisymmetric: norms.antisymmetric / onTokens.antisymmetric,
  };
  return { id, image, norms, carried };
};

/**
 * @param e the embedding, centred [tokens, n]
 * @param views on tokens, by id; row: the earlier token
 * @param functions of frequency as orthonormal columns, to be projected out; null: nothing is
 * @throws RankDeficient when E has fewer than n directions
 */
export const tokenSpace = (
  e: Matrix,
  views: Readonly<Record<string, SparseMatrix>>,
  functions: Matrix | null,
  la: LinearAlgebra,
): TokenSpace => {
  const free = functions ? lessFunctions(e, functions, la) : e;
  const { values, vectors } = la.symmetricEigen(la.multiply(free, free, { transposeA: true }));
  requireRank(values);
  const roots = values.map(Math.sqrt);
  const { rows, cols, data } = la.multiply(free, vectors);
  const carrier = matrix(
    rows,
    cols,
    data.map((x, at) => x / roots[at % cols]!),
  );
  return {
    id: functions ? 'free' : 'whole',
    roots,
    basis: vectors,
    carrier,
    views: Object.entries(views).map(([id, m]) =>
      viewOf(id, transpose(rawImage(m, carrier, la)), normsOnTokens(m, functions, la)),
    ),
  };
};

/**
 * A view of which only the image is kept, whitened by C^{-1/2} and in the model's basis; row: the earlier token.
 *
 * @param space whose embedding whitened it
 */
export const viewFromImage = (id: string, whitened: Matrix, { basis }: TokenSpace, la: LinearAlgebra): View =>
  viewOf(
    id,
    la.multiply(basis, la.multiply(whitened, basis, { transposeA: true }), { transposeA: true }),
    null,
  );

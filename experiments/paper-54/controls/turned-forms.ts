/**
 * Null N4 for invariants 3 and 4: Q -> Q O_Q and K -> K O_K with two Haar matrices, so that every projection keeps its
 * spectrum and nothing of how it lies to the other. All that is asked depends on O = O_K O_Q^T alone, which is Haar too,
 * through N = K O Q^T [n, n]: the singular values of N^T are those of the turned Q K^T, its eigenvalues those of the
 * turned form Q^T K, tr N^2 / ||Q^T K||^2 is its rho, and a head's own block of N is the same of its head. The singular
 * values of Q^T K feel a turn of the output side instead, whose law is the same where heads are not told apart; a head's
 * own are turned within its dHead dimensions.
 */
import { realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { Eigenvalues, LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { innerProduct, type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { ranksOf } from '../analyses/rank-figures.ts';
import { type AttentionWeights, headRows } from '../model/attention-weights.ts';
import type { Figures } from './gaussian-null.ts';

/** What of a layer its turned forms need. */
export interface TurnedLayer {
  readonly weights: AttentionWeights;
  /** ||Q^T K||^2, and of each head. */
  readonly energy: number;
  readonly headEnergies: readonly number[];
  /** Singular values of each head's rows of Q and of K: [dHead] each. */
  readonly headSpectra: readonly { readonly q: Float64Array; readonly k: Float64Array }[];
}

/** ||A^T B||^2 = <A A^T, B B^T> */
const formEnergy = (a: Matrix, b: Matrix, la: LinearAlgebra): number =>
  innerProduct(la.multiply(a, a, { transposeB: true }), la.multiply(b, b, { transposeB: true }));

const headsOf = (weights: AttentionWeights): readonly { readonly q: Matrix; readonly k: Matrix }[] =>
  Array.from({ length: weights.nHeads }, (_, head) => ({
    q: headRows(weights.q, weights.nHeads, head),
    k: headRows(weights.k, weights.nHeads, head),
  }));

export const turnedLayer = (weights: AttentionWeights, la: LinearAlgebra): TurnedLayer => {
  const heads = headsOf(weights);
  return {
    weights,
    energy: formEnergy(weights.q, weights.k, la),
    headEnergies: heads.map(({ q, k }) => formEnergy(q, k, la)),
    headSpectra: heads.map(({ q, k }) => ({ q: la.singularValues(q), k: la.singularValues(k) })),
  };
};

/** N = K O Q^T */
export const turnedCore = ({ q, k }: AttentionWeights, o: Matrix, la: LinearAlgebra): Matrix =>
  la.multiply(la.multiply(k, o), q, { transposeB: true });

/** tr A^2 */
const traceOfSquare = (a: Matrix): number => innerProduct(a, transpose(a));

/** A head's own block of N [dHead, dHead] */
const blockOf = (n: Matrix, nHeads: number, head: number): Matrix => {
  const d = n.rows / nHeads;
  const from = head * d;
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i += 1) {
    const start = (from + i) * n.cols + from;
    data.set(n.data.subarray(start, start + d), i * d);
  }
  return matrix(d, d, data);
};

/** diag(q) O diag(k): singular values of a product whose factors lie to each other as O says. */
const between = (q: Float64Array, k: Float64Array, o: Matrix): Matrix =>
  matrix(
    o.rows,
    o.cols,
    o.data.map((x, at) => q[Math.floor(at / o.cols)]! * x * k[at % o.cols]!),
  );

/** [head], each [dHead, dHead] */
export const headBlocks = (core: Matrix, nHeads: number): readonly Matrix[] =>
  Array.from({ length: nHeads }, (_, head) => blockOf(core, nHeads, head));

/** Of each head Q_h^T K_h as a Haar matrix turns it [dHead, dHead], up to its outer turns. */
export const headProducts = ({ headSpectra }: TurnedLayer, headO: Matrix): readonly Matrix[] =>
  headSpectra.map(({ q, k }) => between(q, k, headO));

/** One draw's figures of a layer: of the whole, and of its heads. */
export interface TurnedFigures {
  readonly whole: Figures;
  /** [head] */
  readonly heads: readonly Figures[];
}

/** What decompositions say of a draw of one layer. */
export interface TurnedSpectra {
  /** Of N, descending [n] */
  readonly sigma: Float64Array;
  /** Of N; undefined where its real share is not asked for */
  readonly eigenvalues: Eigenvalues | undefined;
  /** Of `headProducts` [head][dHead] */
  readonly headSigmas: readonly Float64Array[];
  /** Of `headBlocks` [head] */
  readonly headEigenvalues: readonly Eigenvalues[];
}

/** @param core N [n, n] */
export const figuresOfSpectra = (
  { energy, headEnergies }: TurnedLayer,
  core: Matrix,
  blocks: readonly Matrix[],
  { sigma, eigenvalues, headSigmas, headEigenvalues }: TurnedSpectra,
): TurnedFigures => ({
  whole: {
    ...ranksOf(sigma, 'K O Q^T'),
    rho: traceOfSquare(core) / energy,
    ...(eigenvalues ? { 'real-fraction': realFraction(eigenvalues, 'K O Q^T') } : {}),
  },
  heads: blocks.map((block, head) => ({
    rho: traceOfSquare(block) / headEnergies[head]!,
    'real-fraction': realFraction(headEigenvalues[head]!, 'K_h O Q_h^T'),
    'effective-rank': effectiveRank(headSigmas[head]!, 'Q_h^T K_h'),
  })),
});

/**
 * @param o Haar [n, n]
 * @param headO Haar [dHead, dHead], for the heads' ranks
 * @param withEigenvalues whether the whole form's real share is asked for, which takes most of the time
 */
export const turnedFigures = (
  layer: TurnedLayer,
  o: Matrix,
  headO: Matrix,
  withEigenvalues: boolean,
  la: LinearAlgebra,
): TurnedFigures => {
  const core = turnedCore(layer.weights, o, la);
  const blocks = headBlocks(core, layer.weights.nHeads);
  return figuresOfSpectra(layer, core, blocks, {
    sigma: la.singularValues(core),
    eigenvalues: withEigenvalues ? la.eigenvalues(core) : undefined,
    headSigmas: la.batchSingularValues(headProducts(layer, headO)),
    headEigenvalues: la.batchEigenvalues(blocks),
  });
};

/**
 * Whether two trainings found one solution, asked in a way that does not depend on bases: residual streams are aligned by the
 * orthogonal R that brings one run's embedding nearest to the other's (Schoenemann 1966), and then forms B_h = Q_h^T K_h
 * are compared, which no change of a head's own basis touches, each head with the one that it is matched with.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import {
  frobeniusNorm,
  identity,
  innerProduct,
  type Matrix,
  matrix,
  scale,
  subtract,
} from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { PaperError } from 'reproducible-paper/stage';
import type { AttentionWeights } from '../model/attention-weights.ts';
import { bestAssignment } from './best-assignment.ts';

/** A direction of a thousand millionth of the strongest one's weight takes some sixty steps. */
const mostSteps = 100;

/**
 * The orthogonal R that minimises ||A R - B||: the orthogonal factor of A^T B, by Newton and Schulz's iteration
 * X (3 - X^T X) / 2, which no squared condition spoils.
 *
 * @param a [rows, n]
 * @param b [rows, n]
 * @throws NoAlignment
 */
export const procrustes = (a: Matrix, b: Matrix, la: LinearAlgebra): Matrix => {
  const m = la.multiply(a, b, { transposeA: true }); // [n, n]
  const largest = la.singularValues(m)[0]!;
  let r = scale(m, 1 / largest);
  for (let step = 0; step < mostSteps; step += 1) {
    const gram = la.multiply(r, r, { transposeA: true });
    const rest = frobeniusNorm(subtract(gram, identity(m.rows)));
    if (rest < 1e-10) return r;
    r = la.multiply(r, subtract(scale(identity(m.rows), 1.5), scale(gram, 0.5)));
  }
  throw new PaperError('NoAlignment', 'two embeddings leave a direction in which nothing aligns them.', {
    details: [`expected A^T B of full rank; after ${mostSteps} steps it has no orthogonal factor`],
    hint: 'count more top tokens than the model is wide.',
  });
};

/** Sums of x * y over the blocks of two heads [nHeads, nHeads]. @param x [n, n] @param y [n, n] */
const headProducts = (x: Float64Array, y: Float64Array, nHeads: number): Matrix => {
  const n = Math.sqrt(x.length);
  const d = n / nHeads;
  const products = new Float64Array(nHeads * nHeads);
  for (let i = 0; i < n; i += 1) {
    const row = Math.floor(i / d) * nHeads;
    for (let g = 0; g < nHeads; g += 1) {
      let sum = 0;
      for (let at = i * n + g * d; at < i * n + (g + 1) * d; at += 1) sum += x[at]! * y[at]!;
      products[row + g]! += sum;
    }
  }
  return matrix(nHeads, nHeads, products);
};

/** Inner products of the forms of all heads of two layers: [nHeads, nHeads]. <A^T B, C^T D> = <A C^T, B D^T>. */
const formProducts = (
  a: Pick<AttentionWeights, 'q' | 'k' | 'nHeads'>,
  b: Pick<AttentionWeights, 'q' | 'k'>,
  la: LinearAlgebra,
): Matrix => {
  const x = la.multiply(a.q, b.q, { transposeB: true });
  const y = la.multiply(a.k, b.k, { transposeB: true });
  return headProducts(x.data, y.data, a.nHeads);
};

const total = ({ data }: Matrix): number => data.reduce((sum, x) => sum + x, 0);

/** What of a layer does not change with the turn of the other one. */
export interface PreparedLayer {
  readonly weights: AttentionWeights;
  /** ||B_h|| of each head. */
  readonly norms: readonly number[];
  /** ||B||, the heads summed. */
  readonly norm: number;
}

export const preparedLayer = (weights: AttentionWeights, la: LinearAlgebra): PreparedLayer => {
  const own = formProducts(weights, weights, la);
  const { nHeads } = weights;
  return {
    weights,
    norms: Array.from({ length: nHeads }, (_, head) => Math.sqrt(own.data[head * nHeads + head]!)),
    norm: Math.sqrt(total(own)),
  };
};

export interface Cosines {
  readonly whole: number;
  readonly matched: number;
}

/** @param products of the forms of all heads of two layers [nHeads, nHeads] */
const matchedCosines = (a: PreparedLayer, b: PreparedLayer, products: Matrix): Cosines => {
  const { nHeads } = a.weights;
  const cosines = matrix(
    nHeads,
    nHeads,
    products.data.map((x, at) => x / (a.norms[Math.floor(at / nHeads)]! * b.norms[at % nHeads]!)),
  );
  const columns = bestAssignment(cosines);
  return {
    whole: total(products) / (a.norm * b.norm),
    matched: columns.reduce((sum, column, head) => sum + cosines.data[head * nHeads + column]!, 0) / nHeads,
  };
};

/**
 * Cosines of layer a's forms, turned by R, with layer b's: of the whole forms, and the mean over heads, matched so
 * that it is largest.
 *
 * @param r [n, n], orthogonal: a's stream times R is b's
 */
export const alignedCosines = (a: PreparedLayer, b: PreparedLayer, r: Matrix, la: LinearAlgebra): Cosines => {
  const { q, k, nHeads } = a.weights;
  return matchedCosines(
    a,
    b,
    formProducts({ q: la.multiply(q, r), k: la.multiply(k, r), nHeads }, b.weights, la),
  );
};

/**
 * The same for many turns together, products in single precision: 1e-7 of a cosine is nothing beside a null's width.
 *
 * @param turns [count, n, n]
 * @returns [count][layers]
 */
export const turnedCosines = <S>(
  a: readonly PreparedLayer[],
  b: readonly PreparedLayer[],
  turns: S,
  stacks: MatrixStacks<S>,
): readonly (readonly Cosines[])[] => {
  const o = stacks.single(turns);
  const met = (left: Matrix, right: Matrix): Float64Array =>
    stacks.step(() => {
      const [from, to] = [left, right].map(({ rows, cols, data }) =>
        stacks.single(stacks.enter(data, [1, rows, cols])),
      ) as [S, S];
      return stacks.leave(stacks.multiply(stacks.multiply(from, o), to, { transposeB: true }));
    });
  const found = a.map((layer, at) => {
    const other = b[at]!;
    const { q, k, nHeads } = layer.weights;
    const [x, y] = [met(q, other.weights.q), met(k, other.weights.k)];
    const size = q.rows ** 2;
    return Array.from({ length: x.length / size }, (_, turn) => {
      const own = (all: Float64Array): Float64Array => all.subarray(turn * size, (turn + 1) * size);
      return matchedCosines(layer, other, headProducts(own(x), own(y), nHeads));
    });
  });
  return found[0]!.map((_, turn) => found.map((ofLayer) => ofLayer[turn]!));
};

/** ||A R - B||^2 / ||B||^2 where A is scaled to fit best: what of one embedding the other does not account for. */
export const unalignedShare = (a: Matrix, b: Matrix, r: Matrix, la: LinearAlgebra): number => {
  const turned = la.multiply(a, r);
  return 1 - innerProduct(turned, b) ** 2 / (innerProduct(a, a) * innerProduct(b, b));
};

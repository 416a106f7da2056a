/** The matrices of a layer that a reader can look at: projections, and the forms that attention makes of them. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, matrix, sliceCols, transpose } from 'reproducible-paper/numerics/matrix';
import { matrixOf, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { type AttentionWeights, headRows, type matrixNames } from '../model/attention-weights.ts';
import { gaussianNumbers } from './gaussian-numbers.ts';

export type MatrixName = (typeof matrixNames)[number] | 'form' | 'kernel' | 'copying';

/** In the order of the reader's choice. */
export const matrixLabels: Readonly<Record<MatrixName, string>> = {
  q: 'Q',
  k: 'K',
  v: 'V',
  form: 'Form QᵀK',
  kernel: 'Q Kᵀ, as the original tabulates it',
  copying: 'Form O V',
};

const axesOf: Readonly<Record<MatrixName, readonly [string, string]>> = {
  q: ['head dimension', 'stream dimension'],
  k: ['head dimension', 'stream dimension'],
  v: ['head dimension', 'stream dimension'],
  form: ['row (later token)', 'column (earlier token)'],
  kernel: ['dimension of Q', 'dimension of K'],
  copying: ['row (written)', 'column (read)'],
};

/** One matrix, or the two that it is the product of. */
type Factors = readonly [Matrix] | readonly [Matrix, Matrix];

export interface ExploredMatrix {
  readonly whole: Matrix;
  readonly axes: readonly [row: string, column: string];
  /** The largest rank that it can have. */
  readonly rank: number;
  /** Shapes of the matrix, or of the two that it is the product of. */
  readonly shapes: readonly (readonly [rows: number, cols: number])[];
}

export const outputName = (layer: number): string => `blocks.${layer}.attn.c_proj.weight`;

const factorsOf = (
  weights: Safetensors,
  { layer, nHeads, q, k, v }: AttentionWeights,
  name: MatrixName,
  head: number | undefined,
): Factors => {
  const rows = (of: Matrix): Matrix => (head === undefined ? of : headRows(of, nHeads, head));
  switch (name) {
    case 'q':
      return [rows(q)];
    case 'k':
      return [rows(k)];
    case 'v':
      return [rows(v)];
    case 'form':
      return [transpose(rows(q)), rows(k)];
    case 'kernel':
      return [rows(q), transpose(rows(k))];
    case 'copying': {
      const output = matrixOf(weights, outputName(layer)); // [n, n]; columns: head dimensions
      const dHead = output.cols / nHeads;
      return [head === undefined ? output : sliceCols(output, head * dHead, (head + 1) * dHead), rows(v)];
    }
  }
};

/**
 * @param head undefined for all heads: a projection whole, a form summed over heads
 * @throws TensorMissing where a reduced run lacks what the copying form needs
 */
export const exploredMatrix = (
  weights: Safetensors,
  layer: AttentionWeights,
  name: MatrixName,
  head: number | undefined,
  la: LinearAlgebra,
): ExploredMatrix => {
  const [left, right] = factorsOf(weights, layer, name, head);
  const factors = right ? [left, right] : [left];
  return {
    whole: right ? la.multiply(left, right) : left,
    axes: axesOf[name],
    rank: Math.min(...factors.flatMap(({ rows, cols }) => [rows, cols])),
    shapes: factors.map(({ rows, cols }) => [rows, cols] as const),
  };
};

/** One draw of Gaussian matrices of these shapes, multiplied. */
export const gaussianProduct = (shapes: ExploredMatrix['shapes'], la: LinearAlgebra): Matrix => {
  const numbers = gaussianNumbers(shapes.reduce((sum, [rows, cols]) => sum + rows * cols, 0));
  let start = 0;
  const next = ([rows, cols]: readonly [number, number]): Matrix => {
    start += rows * cols;
    return matrix(rows, cols, numbers.slice(start - rows * cols, start));
  };
  return shapes.map(next).reduce((left, right) => la.multiply(left, right));
};

import { type Matrix, sliceRows } from 'reproducible-paper/numerics/matrix';
import { requireFinite } from 'reproducible-paper/numerics/require-finite';
import { matrixOf, type Safetensors } from 'reproducible-paper/numerics/safetensors';

/** A layer's projections, each [n, n]; q = x Q^T. */
export interface AttentionWeights {
  readonly layer: number;
  readonly nHeads: number;
  readonly q: Matrix;
  readonly k: Matrix;
  readonly v: Matrix;
}

export const matrixNames = ['q', 'k', 'v'] as const;

/**
 * Q, K and V of every layer: rows 0..n-1, n..2n-1 and 2n..3n-1 of c_attn.weight.
 *
 * @throws TensorMissing; NotFinite naming layer and matrix
 */
export const attentionWeightsOf = (weights: Safetensors): readonly AttentionWeights[] => {
  const nHeads = Number(weights.metadata['nHeads']);
  return Array.from({ length: Number(weights.metadata['nLayers']) }, (_, layer) => {
    const joined = matrixOf(weights, `blocks.${layer}.attn.c_attn.weight`); // [3n, n]
    const n = joined.cols;
    const [q, k, v] = matrixNames.map((name, part) => {
      const rows = sliceRows(joined, part * n, (part + 1) * n);
      requireFinite(rows, `${name.toUpperCase()} of layer ${layer}`);
      return rows;
    });
    return { layer, nHeads, q: q!, k: k!, v: v! };
  });
};

/** One head's rows of a projection: [dHead, n]. */
export const headRows = (projection: Matrix, nHeads: number, head: number): Matrix => {
  const dHead = projection.rows / nHeads;
  return sliceRows(projection, head * dHead, (head + 1) * dHead);
};

import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { matrixOf, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { topRowsName } from '../training/reduced-run.ts';
import { centredEmbedding } from './model-space.ts';
import type { Counts } from './read-counts.ts';

/** The top tokens' embedding [top, n], of whole weights or of reduced ones, which hold those rows alone. */
export const embeddingOf = (
  weights: Safetensors,
  { top, unigram }: Pick<Counts, 'top' | 'unigram'>,
): Matrix => {
  const frequencies = Float64Array.from(top, (id) => unigram[id]!);
  if (weights.tensors.has(topRowsName)) {
    const places = Int32Array.from(top.keys());
    return centredEmbedding(matrixOf(weights, topRowsName), places, frequencies);
  }
  return centredEmbedding(matrixOf(weights, 'wte.weight'), top, frequencies);
};

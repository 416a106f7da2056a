/**
 * Q and K of a planted init: in every layer the scores of the form on tokens, free of frequency, are all that the init's
 * embedding can carry of K_2 transposed, in a gauge that Haar has drawn. Q and K are as strong as those that they replace.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { frobeniusNorm, type Matrix, matrix, sliceRows } from 'reproducible-paper/numerics/matrix';
import {
  matrixOf,
  readSafetensors,
  type Tensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { embeddingOf } from '../cooccurrence/embedding-of.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { frequencyBasis, frequencyBins } from '../forms/frequency-basis.ts';
import { miniatureProblem } from '../forms/miniature-problem.ts';
import { type TokenSpace, tokenSpace } from '../forms/token-space.ts';
import { type PlantedLayer, plantedLayer } from './planted-layer.ts';

const params = z.strictObject({
  /** Of the gauges. */
  seed: z.int().nonnegative(),
  frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
});

const inputs = { counts: ['counts'], init: ['init'] } as const;

const plantedView = 'K_2';

/** Names in the file of what a layer's Q and K become. */
export const plantedNames = (layer: number) =>
  ({ q: `blocks.${layer}.attn.q`, k: `blocks.${layer}.attn.k` }) as const;

const scaledTo = (norm: number, a: Matrix): Matrix => {
  const factor = norm / frobeniusNorm(a);
  return matrix(
    a.rows,
    a.cols,
    a.data.map((x) => x * factor),
  );
};

/**
 * @param norms Frobenius norms of the Q and the K that are replaced
 * @param name of the draw of the gauge
 */
export const plantedAt = (
  space: TokenSpace,
  norms: { readonly q: number; readonly k: number },
  seed: number,
  name: string,
  la: LinearAlgebra,
): PlantedLayer => {
  const { image } = space.views.find(({ id }) => id === plantedView)!;
  const gauge = haarMatrix(space.roots.length, seededRandom(seed, name));
  // At full strength nothing is left of a background.
  const { q, k } = plantedLayer(image, space, image, 1, gauge, la);
  return { q: scaledTo(norms.q, q), k: scaledTo(norms.k, k) };
};

const witnessMiniature = async (): Promise<readonly WitnessMark[]> => {
  const la = await loadLinearAlgebra();
  const { problem } = miniatureProblem(la);
  const { q, k } = plantedAt(problem.free, { q: 1, k: 2 }, 1, 'planted-miniature', la);
  return [
    {
      at: 'end',
      numbers: { q: q.data[0]!, k: k.data[0]! },
      digests: { q: sha256(q.data), k: sha256(k.data) },
    },
  ];
};

const witness: WitnessDefinition<typeof inputs, z.output<typeof params>> = {
  parts: { miniature: { needsInputs: false, run: witnessMiniature } },
  // Sums in another order, through a factoring that takes roots of eigenvalues.
  tolerance: { q: 1e-7, k: 1e-7 },
};

const stored = ({ rows, cols, data }: Matrix): Tensor => ({
  dtype: 'F16',
  shape: [rows, cols],
  data: Float32Array.from(data),
});

export const plantedProjections = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs,
  outputs: { projections: 'projections.safetensors' },
  params,
  run: async ({ params: { seed, frequencyBins: rule }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const counts = readCounts(inputs.counts.counts);
    const init = readSafetensors(inputs.init.init);
    const frequencies = Float64Array.from(counts.top, (id) => counts.unigram[id]!);
    const functions = frequencyBasis(frequencies, frequencyBins(frequencies, rule));
    const views = { [plantedView]: weightings.log1p(counts.topK2) };
    const space = tokenSpace(embeddingOf(init, counts), views, functions, la);
    const tensors: Record<string, Tensor> = {};
    for (let layer = 0; layer < Number(init.metadata['nLayers']); layer += 1) {
      const joined = matrixOf(init, `blocks.${layer}.attn.c_attn.weight`); // [3n, n]
      const n = joined.cols;
      const norms = {
        q: frobeniusNorm(sliceRows(joined, 0, n)),
        k: frobeniusNorm(sliceRows(joined, n, 2 * n)),
      };
      const { q, k } = plantedAt(space, norms, seed, `planted-init/layer-${layer}`, la);
      const names = plantedNames(layer);
      tensors[names.q] = stored(q);
      tensors[names.k] = stored(k);
    }
    writeSafetensors(outputs.projections, tensors, { view: plantedView, seed: String(seed) });
  },
  witness,
});

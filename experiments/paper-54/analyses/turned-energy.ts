/**
 * Share of the energy of Q K^T in its leading singular values, mean over layers, and the same with each layer's spectra kept
 * and turned by a Haar matrix (null N4, see turned-forms.ts): what the factors' own spectra make of it.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { normalStream } from 'reproducible-paper/numerics/normal-stream';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { normalised } from 'reproducible-paper/numerics/spectrum';
import { numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { haarOfEach } from '../controls/haar-matrix.ts';
import { rootsAt } from '../controls/turned-stack.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { kernelSpectrum } from './low-rank-kernel.ts';
import { mean } from './mean.ts';

/** What `energyCurve` gives, summed once for all k: of many draws that is most of the time. [n] */
const curveOf = (sigma: Float64Array, name: string): readonly number[] => {
  const energies = normalised(sigma, name).map((p) => p * p);
  let sum = 0;
  const sums = Array.from(energies, (energy) => (sum += energy));
  return sums.map((upTo) => upTo / sum);
};

/** By k: the mean of several curves. */
const meanCurve = (curves: readonly (readonly number[])[]): readonly number[] =>
  curves[0]!.map((_, at) => mean(curves.map((curve) => curve[at]!)));

/** By k, from the first: as found, and the range of so many turns. */
export const turnedEnergies = (
  layers: readonly AttentionWeights[],
  { draws, seed }: { readonly draws: number; readonly seed: number },
  la: LinearAlgebra,
  report: (done: number) => void = () => {},
) => {
  const width = layers[0]!.q.rows;
  const found = meanCurve(layers.map((weights) => curveOf(kernelSpectrum(weights, la), 'Q K^T')));
  const turned = withStacks(la, (stacks) => {
    const [q, k] = (['q', 'k'] as const).map((name) =>
      stacks.enter(joinRows(layers.map((weights) => weights[name].data)), [layers.length, width, width]),
    ) as [ReturnType<typeof stacks.enter>, ReturnType<typeof stacks.enter>];
    return Array.from({ length: draws }, (_, draw) => {
      report(draw);
      // A turn a layer: shared by all, it would let their mean scatter as widely as one of them.
      const streams = layers.map((_, layer) => normalStream(seed, `turned-energy/${draw}/layer-${layer}`));
      const squares = stacks.step(() => {
        const turns = haarOfEach(width, streams, stacks);
        return stacks.gramEigenvalues(stacks.multiply(stacks.multiply(k, turns), q, { transposeB: true }));
      });
      return meanCurve(layers.map((_, layer) => curveOf(rootsAt(squares, layer, width), 'K O Q^T')));
    });
  });
  return found.map((energy, at) => {
    const drawn = turned.map((curve) => curve[at]!);
    return { k: at + 1, energy, 'turned-low': Math.min(...drawn), 'turned-high': Math.max(...drawn) };
  });
};

export const turnedEnergy = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'] },
  outputs: { result: 'turned-energy.json' },
  params: z.strictObject({
    /** Of 39, one more lies outside of their range once in twenty times. */
    draws: z.int().min(2).default(39),
    seed: z.int().nonnegative(),
  }),
  run: async ({ params, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    writeResults(outputs.result, [
      {
        kind: 'series',
        id: 'turned-energy',
        columns: ['k', 'energy', 'turned-low', 'turned-high'].map((id) => numberColumn(id)),
        rows: turnedEnergies(layers, params, la, (done) => report({ done, total: params.draws })),
      },
    ]);
  },
});

/** The null of invariant 5: how Gaussian matrices of the same shape correlate with those of V1. */
import { writeFileSync } from 'node:fs';
import { correlationOf } from 'reproducible-paper/numerics/pearson';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openGaussianDraws } from '../controls/gaussian-draws.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { type DrawCorrelations, standardisedLayer, standardisedTriple } from './correlate-layers.ts';

/** A stage of its own, as that of the correlations with views is. */
export const nonUniquenessNull = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], gaussian: ['draws'] },
  outputs: { draws: 'non-uniqueness-null.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const targets = attentionWeightsOf(readSafetensors(inputs.v1.weights)).map((weights) =>
      standardisedLayer(weights, 'v1'),
    );
    const drawn = Array.from(
      openGaussianDraws(inputs.gaussian.draws).triples(),
      (triple): DrawCorrelations => {
        const draw = standardisedTriple(triple);
        const of = (name: 'q' | 'k' | 'v') =>
          targets.map((target) => ({ v1: correlationOf(draw[name], target[name]) }));
        return { q: of('q'), k: of('k'), v: of('v') };
      },
    );
    writeFileSync(outputs.draws, JSON.stringify(drawn));
  },
});

import { float32Of, readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { modelShape } from '../model/model-shape.ts';
import { initMetadata, parameterTensors, readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { plantedNames } from './planted-projections.ts';

/** A run's init with Q and K of every layer planted; all else is as it was. */
export const plantedInit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'], init: ['init'], planted: ['projections'] },
  outputs: { init: 'init.safetensors' },
  params: z.strictObject({ seed: z.int().nonnegative(), shape: modelShape }),
  run: ({ params: { seed, shape }, inputs, outputs }) => {
    const { vocabSize } = openTokens(inputs.tokens.tokens);
    const planted = readSafetensors(inputs.planted.projections);
    const parameters = readParameters(readSafetensors(inputs.init.init), shape, vocabSize);
    for (let layer = 0; layer < shape.nLayers; layer += 1) {
      const joined = parameters.get(`blocks.${layer}.attn.c_attn.weight`)!; // [3n, n]
      const { q, k } = plantedNames(layer);
      joined.set(float32Of(planted, q), 0);
      joined.set(float32Of(planted, k), shape.dModel ** 2);
    }
    writeSafetensors(
      outputs.init,
      parameterTensors(shape, vocabSize, parameters),
      initMetadata('planted-init', shape, vocabSize, seed),
    );
  },
});

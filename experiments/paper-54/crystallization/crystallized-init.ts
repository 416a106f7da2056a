import { float32Of, readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { modelShape } from '../model/model-shape.ts';
import { initMetadata, parameterTensors, randomParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';

/** What ct-init sets; the rest of the model is drawn. */
const crystallized = ['wte.weight', 'ln_f.weight', 'ln_f.bias'] as const;

/**
 * The run `ct-init`: the crystallized embedding and its final norm, and everything else from a random init of
 * V1's family but of its own, so that a likeness to V1 would be found, not given.
 */
export const crystallizedInit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'], embeddings: ['embeddings'] },
  outputs: { init: 'init.safetensors' },
  params: z.strictObject({ seed: z.int().nonnegative(), shape: modelShape }),
  run: ({ params: { seed, shape }, inputs, outputs }) => {
    const { vocabSize } = openTokens(inputs.tokens.tokens);
    const embeddings = readSafetensors(inputs.embeddings.embeddings);
    const parameters = new Map([
      ...randomParameters(shape, vocabSize, seed, 'ct-sft'),
      ...crystallized.map((name) => [name, float32Of(embeddings, `ct-init.${name}`)] as const),
    ]);
    writeSafetensors(
      outputs.init,
      parameterTensors(shape, vocabSize, parameters),
      initMetadata('ct-init', shape, vocabSize, seed),
    );
  },
});

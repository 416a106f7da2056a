import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openTokens } from '../tokenizer/token-reader.ts';
import { modelShape } from './model-shape.ts';
import { initMetadata, parameterTensors, randomParameters } from './parameters.ts';

/** A run's start: everything drawn from N(0, 0.02^2), biases zero, gains one. */
export const randomInit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'] },
  outputs: { init: 'init.safetensors' },
  params: z.strictObject({
    /** The run that starts so: runs of one seed start from different matrices of the same family. */
    run: z.string(),
    seed: z.int().nonnegative(),
    shape: modelShape,
  }),
  run: ({ params: { run, seed, shape }, inputs, outputs }) => {
    const { vocabSize } = openTokens(inputs.tokens.tokens);
    const parameters = randomParameters(shape, vocabSize, seed, run);
    writeSafetensors(
      outputs.init,
      parameterTensors(shape, vocabSize, parameters),
      initMetadata('random-init', shape, vocabSize, seed),
    );
  },
});

import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openTokens } from '../tokenizer/token-reader.ts';

/**
 * The corpus without its order: each part's tokens, every one as often as it was, in an order that is drawn. What a model
 * trained on it can learn is how frequent tokens are, and nothing of which two stand together.
 */
export const shuffledTokens = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { tokens: ['tokens'] },
  outputs: { tokens: 'tokens.safetensors' },
  params: z.strictObject({ seed: z.int().nonnegative() }),
  run: ({ params: { seed }, inputs, outputs }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const shuffled = (name: 'train' | 'heldOut') => {
      const tokens = part(name);
      const ids = seededRandom(seed, `shuffled-tokens/${name}`).shuffle([...tokens.slice(0, tokens.length)]);
      return { dtype: 'I32', shape: [ids.length], data: Int32Array.from(ids) } as const;
    };
    writeSafetensors(
      outputs.tokens,
      { train: shuffled('train'), heldOut: shuffled('heldOut') },
      { vocabSize: String(vocabSize) },
    );
  },
});

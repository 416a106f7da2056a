import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { PaperError } from '../../../src/engine/paper-error.ts';
import { vectorTensor, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import type { Documents } from '../corpus/split-documents.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { endOfText } from './train-bpe.ts';

/** Both parts of the corpus as one stream of token ids each; every document ends with `<|endoftext|>`. */
export const encodeCorpus = defineStage({
  module: import.meta.url,
  exportName: 'encodeCorpus',
  kind: 'exact',
  inputs: { corpus: ['documents'], tokenizer: ['tokenizer'] },
  outputs: { tokens: 'tokens.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const documents = JSON.parse(readFileSync(inputs.corpus.documents, 'utf8')) as Documents;
    const json = readFileSync(inputs.tokenizer.tokenizer, 'utf8');
    const tokenizer = loadTokenizer(json);
    const end = tokenizer.token_to_id(endOfText) ?? 0;
    const encode = (part: readonly string[]): Int32Array => {
      const ids: number[] = [];
      part.forEach((text, index) => {
        const { ids: encoded } = tokenizer.encode(text);
        // The library cannot decode nothing.
        const decoded = encoded.length === 0 ? '' : tokenizer.decode(encoded);
        if (decoded !== text) {
          throw new PaperError(
            'RoundTripFailed',
            `document ${index} does not come back from its tokens as it was.`,
            {
              hint: 'this is a fault of the tokenizer: no text may be lost on its way into the model.',
            },
          );
        }
        for (const id of encoded) ids.push(id);
        ids.push(end);
      });
      return Int32Array.from(ids);
    };
    const vocabSize = Object.keys(JSON.parse(json).model.vocab).length;
    writeSafetensors(
      outputs.tokens,
      {
        train: vectorTensor('I32', encode(documents.train)),
        heldOut: vectorTensor('I32', encode(documents.heldOut)),
      },
      { vocabSize: String(vocabSize), endOfText: String(end), corpus: documents.name },
    );
  },
});

import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PiecewiseTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCorpusName, readDocuments } from '../corpus/documents-file.ts';
import { filePieces } from '../corpus/file-pieces.ts';
import { createEncoder, type Encoder } from './encoder.ts';
import { endOfText } from './train-bpe.ts';

/** Encodes documents into a file of ids; returns how many. */
const encodeInto = (path: string, documents: Iterable<string>, encoder: Encoder, end: number): number => {
  const file = openSync(path, 'w');
  try {
    let [index, length] = [0, 0];
    for (const text of documents) {
      const ids = encoder.encode(text);
      if (!ids) {
        throw new PaperError(
          'RoundTripFailed',
          `document ${index} does not come back from its tokens as it was.`,
          {
            hint: 'this is a fault of the tokenizer: no text may be lost on its way into the model.',
          },
        );
      }
      const ended = new Int32Array(ids.length + 1);
      ended.set(ids);
      ended[ids.length] = end;
      writeFileSync(file, new Uint8Array(ended.buffer));
      length += ended.length;
      index += 1;
    }
    return length;
  } finally {
    closeSync(file);
  }
};

function* idsIn(path: string): Generator<Int32Array> {
  for (const piece of filePieces(path)) yield new Int32Array(new Uint8Array(piece).buffer);
}

/** Both parts of the corpus as one stream of token ids each; every document ends with `<|endoftext|>`. */
export const encodeCorpus = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { corpus: ['documents'], tokenizer: ['tokenizer'] },
  outputs: { tokens: 'tokens.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs, scratch }) => {
    const { documents } = inputs.corpus;
    const json = readFileSync(inputs.tokenizer.tokenizer, 'utf8');
    const encoder = createEncoder(json);
    const end = encoder.tokenId(endOfText) ?? 0;
    // Put aside: the header of the file tells how many there are, which only the last document does.
    const part = (name: 'train' | 'heldOut'): PiecewiseTensor => {
      const path = join(scratch, `${name}.ids`);
      const length = encodeInto(path, readDocuments(documents, name), encoder, end);
      return { dtype: 'I32', shape: [length], pieces: idsIn(path) };
    };
    const vocabSize = Object.keys(JSON.parse(json).model.vocab).length;
    writeSafetensors(
      outputs.tokens,
      { train: part('train'), heldOut: part('heldOut') },
      { vocabSize: String(vocabSize), endOfText: String(end), corpus: readCorpusName(documents) },
    );
  },
});

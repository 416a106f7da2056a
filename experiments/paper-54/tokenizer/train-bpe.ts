import { writeFileSync } from 'node:fs';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readDocuments } from '../corpus/documents-file.ts';
import { byteAlphabet } from './byte-alphabet.ts';
import { bytePairMerges } from './byte-pair-merges.ts';

/** Stands between documents. */
export const endOfText = '<|endoftext|>';

/** A byte-level BPE tokenizer, learnt from the training documents alone, in Hugging Face's format. */
export const trainBpe = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { corpus: ['documents'] },
  outputs: { tokenizer: 'tokenizer.json' },
  params: z.strictObject({
    /** Entries in all: `<|endoftext|>`, the 256 bytes and the merges. */
    vocabSize: z.int().min(258),
  }),
  run: ({ params, inputs, outputs }) => {
    const first = [endOfText, ...byteAlphabet];
    const merges = bytePairMerges(
      readDocuments(inputs.corpus.documents, 'train'),
      first,
      params.vocabSize - first.length,
    );
    const tokens = [...first, ...merges.map(([left, right]) => left + right)];
    const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
    writeFileSync(
      outputs.tokenizer,
      JSON.stringify({
        version: '1.0',
        truncation: null,
        padding: null,
        added_tokens: [
          {
            id: 0,
            content: endOfText,
            single_word: false,
            lstrip: false,
            rstrip: false,
            normalized: false,
            special: true,
          },
        ],
        normalizer: null,
        pre_tokenizer: byteLevel,
        post_processor: null,
        decoder: byteLevel,
        model: {
          type: 'BPE',
          dropout: null,
          unk_token: null,
          continuing_subword_prefix: null,
          end_of_word_suffix: null,
          fuse_unk: false,
          byte_fallback: false,
          ignore_merges: false,
          vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
          merges,
        },
      }),
    );
  },
});

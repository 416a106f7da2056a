import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { characterCount } from './character-count.ts';
import { cutDocuments } from './cut-documents.ts';
import { writeDocuments } from './documents-file.ts';
import { splitDocuments } from './split-documents.ts';
import { verifiedText } from './verified-text.ts';

/** Fewer would leave too little to train on, and no document to hold out. */
const fewestDocuments = 20;

/** Where a document's JSON lies in the file that it was put aside in, in bytes. */
interface Place {
  readonly start: number;
  readonly length: number;
}

/** The documents of a text as JSON strings, put aside in the order in which they stand. */
const putAside = (documents: Iterable<string>, file: number): readonly Place[] => {
  const places: Place[] = [];
  let start = 0;
  for (const document of documents) {
    const json = Buffer.from(JSON.stringify(document));
    writeFileSync(file, json);
    places.push({ start, length: json.length });
    start += json.length;
  }
  return places;
};

/** Any UTF-8 text. Its content is in the key, and its name is not. */
export const textFile = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  files: ['text'],
  outputs: { documents: 'documents.json' },
  params: z.strictObject({
    shuffleSeed: z.int().default(54),
    heldOutEvery: z.int().min(2).default(10),
    /** Length of the documents that the text is cut into, in characters as Unicode counts them; Brown's have some 12,000. */
    documentCharacters: z.int().positive().default(12_000),
  }),
  run: ({ params, files, outputs, scratch }) => {
    // Put aside first: the shuffled order asks for documents from all over the text, and the text that is read
    // again later might no longer be the one that its digest was taken of.
    const aside = join(scratch, 'documents');
    const file = openSync(aside, 'w+');
    try {
      let characters = 0;
      const counted = function* (pieces: Iterable<string>): Generator<string> {
        for (const piece of pieces) {
          characters += characterCount(piece);
          yield piece;
        }
      };
      const text = counted(verifiedText(files.text));
      const places = putAside(cutDocuments(text, params.documentCharacters), file);
      if (places.length < fewestDocuments) {
        throw new PaperError(
          'CorpusTooShort',
          'the text is too short to train on and to hold some of it out.',
          {
            details: [
              `expected at least ${fewestDocuments} documents of some ${params.documentCharacters} characters, ${fewestDocuments * params.documentCharacters} in all; received ${places.length} of ${characters} in all`,
            ],
            hint: 'give a longer text: a few million characters make a model worth looking at.',
          },
        );
      }
      const split = splitDocuments('a text of your own', places, params);
      writeDocuments(outputs.documents, split, ({ start, length }) => {
        const json = Buffer.alloc(length);
        readSync(file, json, 0, length, start);
        return json;
      });
    } finally {
      closeSync(file);
      // Another digest is another key, whose run would not find it.
      rmSync(aside);
    }
  },
});

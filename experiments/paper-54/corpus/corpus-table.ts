/** What the models read: documents, characters and tokens of each part. */
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { openTokens, tokenPieces } from '../tokenizer/token-reader.ts';
import { characterCount } from './character-count.ts';
import { readCorpusName, readDocuments } from './documents-file.ts';

export const corpusTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { corpus: ['documents'], tokens: ['tokens'], counts: ['counts'] },
  outputs: { result: 'corpus.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const counts = openCounts(inputs.counts.counts);
    const row = (label: string, name: 'train' | 'heldOut') => {
      let [documents, characters] = [0, 0];
      for (const text of readDocuments(inputs.corpus.documents, name)) {
        documents += 1;
        characters += characterCount(text);
      }
      const tokens = part(name);
      const seen = new Uint8Array(vocabSize);
      for (const ids of tokenPieces(tokens)) for (const id of ids) seen[id] = 1;
      return {
        part: label,
        documents,
        characters,
        tokens: tokens.length,
        'distinct-tokens': seen.reduce((sum, here) => sum + here, 0),
        'characters-per-token': characters / tokens.length,
      };
    };
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'corpus',
        run: null,
        columns: [
          nameColumn('part'),
          numberColumn('documents'),
          numberColumn('characters'),
          numberColumn('tokens'),
          numberColumn('distinct-tokens'),
          numberColumn('characters-per-token'),
        ],
        rows: [row('training', 'train'), row('held-out', 'heldOut')],
      },
      { kind: 'value', id: 'corpus-name', value: readCorpusName(inputs.corpus.documents), unit: null },
      {
        kind: 'value',
        id: 'statistics-tokens',
        value: counts.statisticsTokens,
        unit: 'tokens',
      },
      {
        kind: 'value',
        id: 'statistics-distinct-tokens',
        value: counts.unigram.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0),
        unit: 'tokens',
      },
      { kind: 'value', id: 'top-tokens', value: counts.top.length, unit: 'tokens' },
    ]);
  },
});

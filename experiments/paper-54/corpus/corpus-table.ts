/** What the models read: documents, characters and tokens of each part. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { int32Of, readSafetensors } from '../../../src/tensor/safetensors.ts';
import { count, fixed, numberColumn, wordColumn, writeResults } from '../analyses/result-file.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import type { Documents } from './split-documents.ts';

export const corpusTable = defineStage({
  module: import.meta.url,
  exportName: 'corpusTable',
  kind: 'exact',
  inputs: { corpus: ['documents'], tokens: ['tokens'], counts: ['counts'] },
  outputs: { result: 'corpus.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const documents = JSON.parse(readFileSync(inputs.corpus.documents, 'utf8')) as Documents;
    const tokens = readSafetensors(inputs.tokens.tokens);
    const counts = readCounts(inputs.counts.counts);
    const row = (part: string, texts: readonly string[], ids: Int32Array) => {
      const characters = texts.reduce((sum, text) => sum + text.length, 0);
      return {
        part,
        documents: texts.length,
        characters,
        tokens: ids.length,
        'distinct-tokens': new Set(ids).size,
        'characters-per-token': characters / ids.length,
      };
    };
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'corpus',
          run: null,
          columns: [
            wordColumn('part', 'part'),
            numberColumn('documents', 'documents', count),
            numberColumn('characters', 'characters', count),
            numberColumn('tokens', 'tokens', count),
            numberColumn('distinct-tokens', 'distinct tokens', count),
            numberColumn('characters-per-token', 'characters a token', fixed(2)),
          ],
          rows: [
            row('training', documents.train, int32Of(tokens, 'train')),
            row('held-out', documents.heldOut, int32Of(tokens, 'heldOut')),
          ],
          nullModel: null,
        },
        { kind: 'value', id: 'corpus-name', value: documents.name, unit: null },
        {
          kind: 'value',
          id: 'statistics-tokens',
          value: counts.statisticsTokens,
          unit: 'tokens',
          format: count,
        },
        {
          kind: 'value',
          id: 'statistics-distinct-tokens',
          value: counts.unigram.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0),
          unit: 'tokens',
          format: count,
        },
        { kind: 'value', id: 'top-tokens', value: counts.top.length, unit: 'tokens', format: count },
      ],
    });
  },
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brown } from '../../corpus/brown.ts';
import { readDocuments } from '../../corpus/documents-file.ts';
import { createEncoder } from '../../tokenizer/encoder.ts';
import { loadTokenizer } from '../../tokenizer/load-tokenizer.ts';
import { endOfText, trainBpe } from '../../tokenizer/train-bpe.ts';

const folder = mkdtempSync(join(tmpdir(), 'encoder-'));
const documents = join(folder, 'documents.json');
afterAll(() => rmSync(folder, { recursive: true }));

let json: string;
beforeAll(() => {
  const tokenizer = join(folder, 'tokenizer.json');
  const rest = { scratch: folder, report: () => undefined };
  void brown.run({ params: brown.params.parse({}), inputs: {}, outputs: { documents }, ...rest });
  void trainBpe.run({
    params: { vocabSize: 15_007 },
    inputs: { corpus: { documents } },
    outputs: { tokenizer },
    ...rest,
  });
  json = readFileSync(tokenizer, 'utf8');
}, 60_000);

test('all of Brown gets the ids that the library gives to whole documents', () => {
  const library = loadTokenizer(json);
  const encoder = createEncoder(json);
  for (const part of ['train', 'heldOut'] as const) {
    for (const text of readDocuments(documents, part)) {
      // As text: element by element takes minutes.
      expect(encoder.encode(text)?.join(' ')).toBe(library.encode(text).ids.join(' '));
    }
  }
});

test('any Unicode gets them too, and so do white space, apostrophes and tokens that are written out', () => {
  const library = loadTokenizer(json);
  // So few words that they are forgotten all the time.
  const encoder = createEncoder(json, 5);
  const unit = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.constantFrom(
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\t',
      '\u00a0',
      "'",
      "'s",
      "'ll",
      'word',
      ' the',
      '12',
      '³',
      '—',
    ),
    fc.constantFrom(endOfText, '<|endof', '|>'),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
      const text = units.join('');
      expect(encoder.encode(text)).toEqual(library.encode(text).ids);
    }),
    { seed: 54, numRuns: 1000 },
  );
});

test('a text that cannot come back has no ids', () => {
  const lowering = createEncoder(JSON.stringify({ ...JSON.parse(json), normalizer: { type: 'Lowercase' } }));
  expect(lowering.encode('some words')).toBeDefined();
  expect(lowering.encode('some Words')).toBeUndefined();
  expect(lowering.encode('some Words')).toBeUndefined();
});

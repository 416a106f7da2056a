import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { byteAlphabet, toByteAlphabet } from '../../tokenizer/byte-alphabet.ts';
import { bytePairMerges } from '../../tokenizer/byte-pair-merges.ts';
import { encodeCorpus } from '../../tokenizer/encode-corpus.ts';
import { loadTokenizer } from '../../tokenizer/load-tokenizer.ts';
import { endOfText, trainBpe } from '../../tokenizer/train-bpe.ts';
import { wordPattern } from '../../tokenizer/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'tokenizer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const first = [endOfText, ...byteAlphabet];

/** Byte-pair encoding by its definition: count all pairs anew before every merge. */
const naiveMerges = (texts: readonly string[], count: number): readonly (readonly [string, string])[] => {
  const idOf = new Map(first.map((token, id) => [token, id]));
  let words = texts.flatMap((text) =>
    (text.match(wordPattern) ?? []).map((word) => [...toByteAlphabet(word)]),
  );
  const merges: [string, string][] = [];
  while (merges.length < count) {
    const counts = new Map<string, number>();
    for (const word of words) {
      for (let i = 0; i + 1 < word.length; i += 1) {
        const pair = `${word[i]}\0${word[i + 1]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const rank = (pair: string): readonly number[] => pair.split('\0').map((token) => idOf.get(token)!);
    const best = [...counts].toSorted(([a, x], [b, y]) => {
      const [ra, rb] = [rank(a), rank(b)];
      return y - x || ra[0]! - rb[0]! || ra[1]! - rb[1]!;
    })[0];
    if (!best) break;
    const [left, right] = best[0].split('\0') as [string, string];
    merges.push([left, right]);
    idOf.set(left + right, idOf.size);
    words = words.map((word) => {
      const merged: string[] = [];
      for (let i = 0; i < word.length; i += 1) {
        if (word[i] === left && word[i + 1] === right) {
          merged.push(left + right);
          i += 1;
        } else merged.push(word[i]!);
      }
      return merged;
    });
  }
  return merges;
};

test('merges are those of counting all pairs anew before each', () => {
  const text = 'the cat sat on the mat; the cats sat on the mats. banana bananas, ananas aaaa aaaaa';
  expect(bytePairMerges([text], first, 25)).toEqual(naiveMerges([text], 25));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'ab', ' ', 'ba', ' a'), { minLength: 12, maxLength: 60 }),
      (parts) => {
        const words = `${parts.join('')} abab`;
        const wanted = Math.min(2, naiveMerges([words], 2).length);
        expect(bytePairMerges([words], first, wanted)).toEqual(naiveMerges([words], wanted));
      },
    ),
    { seed: 54, numRuns: 60 },
  );
});

const tokenizerOf = (texts: readonly string[], vocabSize: number): string => {
  const [documents, tokenizer] = [join(folder, 'documents.json'), join(folder, 'tokenizer.json')];
  writeFileSync(documents, JSON.stringify({ name: 'test', train: texts, heldOut: [] }));
  void trainBpe.run({
    params: { vocabSize },
    inputs: { corpus: { documents } },
    outputs: { tokenizer },
    scratch: folder,
    report: () => undefined,
  });
  return readFileSync(tokenizer, 'utf8');
};

test('any Unicode comes back from its tokens as it was', () => {
  const tokenizer = loadTokenizer(tokenizerOf(['some words to merge, some words to keep: naïve café'], 270));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
      const { ids } = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
    }),
    { seed: 54, numRuns: 300 },
  );
  for (const text of [" don't  stop .", '\t\n  x ', '日本語 👩‍🚀 e\u0301'])
    expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text);
});

test('the same text gives the same file, with as many entries as were asked for', () => {
  const texts = ['a text that says one thing twice, one thing twice'];
  const json = tokenizerOf(texts, 265);
  expect(tokenizerOf(texts, 265)).toBe(json);
  const { vocab, merges } = JSON.parse(json).model;
  expect(Object.keys(vocab)).toHaveLength(265);
  expect(merges).toHaveLength(265 - first.length);
});

test('a text with too few pairs for its vocabulary is refused, with the size that it gives', () => {
  expect(errorText(() => bytePairMerges(['ab'], first, 10))).toBe(
    [
      'VocabularyTooLarge: the corpus is too small for the vocabulary that was asked for.',
      '  expected 267 tokens; the corpus gives 258',
      '  hint: lower tokenizer.vocabSize to at most 258, or give a longer corpus.',
    ].join('\n'),
  );
});

test('a document that does not come back from its tokens stops the stage', () => {
  const tokenizer = join(folder, 'lowering.json');
  const json = JSON.parse(tokenizerOf(['some words'], 258));
  writeFileSync(tokenizer, JSON.stringify({ ...json, normalizer: { type: 'Lowercase' } }));
  const documents = join(folder, 'documents.json');
  writeFileSync(documents, JSON.stringify({ name: 'test', train: ['some Words'], heldOut: [] }));
  const run = () =>
    encodeCorpus.run({
      params: {},
      inputs: { corpus: { documents }, tokenizer: { tokenizer } },
      outputs: { tokens: join(folder, 'tokens.safetensors') },
      scratch: folder,
      report: () => undefined,
    });
  expect(errorText(() => run())).toBe(
    [
      'RoundTripFailed: document 0 does not come back from its tokens as it was.',
      '  hint: this is a fault of the tokenizer: no text may be lost on its way into the model.',
    ].join('\n'),
  );
});

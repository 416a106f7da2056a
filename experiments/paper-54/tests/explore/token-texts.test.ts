import { expect, test } from 'vitest';
import { tokenText, tokenTexts } from '../../explore/token-texts.ts';
import { toByteAlphabet } from '../../tokenizer/byte-alphabet.ts';

test.each([
  [' the', '␣the'],
  ['\n', '↵'],
  ['\t\u0000', '⇥<00>'],
  ['café', 'café'],
  ['\u00a0', '<A0>'],
])('%j is shown as %s', (text, shown) => {
  expect(tokenText(toByteAlphabet(text))).toBe(shown);
});

test('bytes that are no whole character are told one by one', () => {
  const euro = [...toByteAlphabet(' €')];
  expect(tokenText(euro.slice(0, 3).join(''))).toBe('␣<E2><82>');
});

test('added tokens keep their names', () => {
  const json = JSON.stringify({
    model: { vocab: { '<|endoftext|>': 0, a: 1 } },
    added_tokens: [{ id: 0, content: '<|endoftext|>' }],
  });
  expect(tokenTexts(json)).toEqual(['<|endoftext|>', 'a']);
});

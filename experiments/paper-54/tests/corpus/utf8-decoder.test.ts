import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUtf8Decoder } from '../../corpus/utf8-decoder.ts';

const decodeIn = (bytes: Uint8Array, pieceLength: number) => {
  const decoder = createUtf8Decoder();
  let text = '';
  for (let at = 0; at < bytes.length; at += pieceLength) {
    text += decoder.decode(bytes.subarray(at, at + pieceLength));
  }
  return { text, bad: decoder.end() };
};

/** By definition: the longest start that decodes, perhaps with a character cut at its end. */
const decodableLength = (bytes: Uint8Array): number => {
  const decodes = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let length = 0;
  while (length < bytes.length && decodes(length + 1)) length += 1;
  return length;
};

test('a text cut anywhere, even within a character, is the text decoded at once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (text, length) => {
        expect(decodeIn(new TextEncoder().encode(text), length)).toEqual({
          text: text.replace(/^\uFEFF/, ''),
          bad: undefined,
        });
      },
    ),
    { seed: 54, numRuns: 300 },
  );
});

test('a byte order mark goes at the start of a text, and stays within it', () => {
  const bytes = new TextEncoder().encode('\uFEFFa\uFEFFb');
  for (const length of [1, 2, 3, 4, 99]) expect(decodeIn(bytes, length).text).toBe('a\uFEFFb');
});

test('bytes that are not UTF-8 are found at their offset, wherever the pieces end', () => {
  const [plain, broken] = [
    fc.string({ unit: 'grapheme', maxLength: 9 }),
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
  ];
  let faults = 0;
  fc.assert(
    fc.property(plain, broken, plain, fc.integer({ min: 1, max: 9 }), (before, fault, after, length) => {
      const bytes = Buffer.concat([Buffer.from(before), fault, Buffer.from(after)]);
      const { bad } = decodeIn(bytes, length);
      if (bad === undefined) {
        expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBeTypeOf('string');
      } else {
        faults += 1;
        expect(bad).toBe(decodableLength(bytes));
      }
    }),
    { seed: 54, numRuns: 400 },
  );
  expect(faults).toBeGreaterThan(100);
});

test('a text that ends within a character stops being UTF-8 at its end', () => {
  expect(decodeIn(Buffer.from('caf\u00e9').subarray(0, -1), 2).bad).toBe(4);
});

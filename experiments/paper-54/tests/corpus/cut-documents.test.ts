import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutDocuments } from '../../corpus/cut-documents.ts';

/** The same of a text that is whole in memory, character by character. */
const cutWhole = (text: string, characters: number): readonly string[] => {
  const documents: string[] = [];
  let current: string[] | undefined;
  const put = (part: readonly string[], isCut: boolean): void => {
    current = current === undefined ? [...part] : [...current, '\n', '\n', ...part];
    if (!isCut && current.length < characters) {
      if (current.length === 0) current = undefined;
      return;
    }
    if (current.join('').trim() !== '') documents.push(current.join(''));
    current = undefined;
  };
  for (const paragraph of text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split(/\n\s*\n/)) {
    let left = [...paragraph];
    while (left.length > 2 * characters) {
      const places = left.map((_, at) => at).slice(characters, 2 * characters);
      const line = places.find((at) => '\n\u2028\u2029'.includes(left[at]!));
      const white = places.find((at) => left[at]!.trim() === '');
      const end = line !== undefined ? line + 1 : white !== undefined ? white + 1 : 2 * characters;
      put(left.slice(0, end), true);
      left = left.slice(end);
    }
    put(left, false);
  }
  const rest = (current ?? []).join('');
  return rest.trim() === '' ? documents : [...documents, rest];
};

test('a text that comes in pieces is cut as a whole one is, wherever the pieces end', () => {
  const piece = fc.array(
    fc.constantFrom('a', 'word', '😀', '\n', '\n', '\r', '\r\n', ' ', '\t', '\u00a0', '\u2028', '\u2029'),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 12 }), (parts, characters) => {
      const pieces = parts.map((part) => part.join(''));
      expect([...cutDocuments(pieces, characters)]).toEqual(cutWhole(pieces.join(''), characters));
    }),
    { seed: 54, numRuns: 1000 },
  );
});

const sentence = 'One sentence a line, as many corpora have it.';
const lengths = (text: string): readonly number[] =>
  [...cutDocuments([text], 1000)].map(({ length }) => length);

test('a text without blank lines is cut at its lines, at white space, or by length, and nothing is lost', () => {
  for (const separator of ['\n', '\r', '\r\n', '\u2028', ' ', '\u3000', '']) {
    const text = Array.from({ length: 1000 }, () => sentence).join(separator);
    const documents = [...cutDocuments([text], 1000)];
    expect(documents.join('')).toBe(text.replace(/\r\n?/g, '\n'));
    // A document ends with the line, or the word, in which it becomes long enough.
    if (separator !== '') expect(Math.max(...documents.map(({ length }) => length))).toBeLessThan(2000);
    expect(documents.length).toBeGreaterThanOrEqual(22);
    if (separator.length === 1 && separator !== ' ' && separator !== '\u3000') {
      expect(documents.slice(0, -1).every((document) => document.trimEnd().endsWith('have it.'))).toBe(true);
    }
  }
});

test('blank lines are those of any system', () => {
  for (const blank of ['\n\n', '\r\r', '\r\n\r\n', '\n \t\n', '\n\n\n\n']) {
    expect(lengths(Array(4).fill('a'.repeat(1000)).join(blank))).toEqual([1000, 1000, 1000, 1000]);
  }
});

test('a character beyond the first 65,536 counts as one, and is never cut in two', () => {
  const documents = [...cutDocuments(['😀'.repeat(5000)], 1000)];
  expect(documents.map((document) => [...document].length)).toEqual([2000, 2000, 1000]);
  expect(documents.every((document) => document.isWellFormed())).toBe(true);
});

test('a text without end takes no more memory than its documents', () => {
  function* endless(piece: string, pieces: number) {
    for (let at = 0; at < pieces; at += 1) yield piece;
  }
  let count = 0;
  for (const document of cutDocuments(endless('x'.repeat(2 ** 20), 8), 12_000)) {
    expect(document.length).toBeLessThanOrEqual(24_000);
    count += 1;
  }
  expect(count).toBe(Math.ceil((8 * 2 ** 20) / 24_000));
  expect([...cutDocuments(endless(' '.repeat(2 ** 20), 8), 12_000)]).toEqual([]);
});

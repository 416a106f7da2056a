import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { cutDocuments } from '../../corpus/cut-documents.ts';

/** The same of a text that is whole in memory. */
const cutWhole = (text: string, characters: number): readonly string[] => {
  const documents: string[] = [];
  let current = '';
  for (const paragraph of text.split(/\n\s*\n/)) {
    current = current === '' ? paragraph : `${current}\n\n${paragraph}`;
    if (current.length >= characters) {
      documents.push(current);
      current = '';
    }
  }
  return current.trim() === '' ? documents : [...documents, current];
};

test('a text that comes in pieces is cut as a whole one is, wherever the pieces end', () => {
  const piece = fc.array(fc.constantFrom('a', 'word', '\n', '\n', ' ', '\t', '\u00a0', '\u2028'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 12 }), (parts, characters) => {
      const pieces = parts.map((part) => part.join(''));
      expect([...cutDocuments(pieces, characters)]).toEqual(cutWhole(pieces.join(''), characters));
    }),
    { seed: 54, numRuns: 500 },
  );
});

test('a text without blank lines is refused before it fills the memory', () => {
  const line = 'One sentence a line, as many corpora have it.\n';
  function* endless() {
    for (;;) yield line.repeat(20_000);
  }
  expect(errorText(() => [...cutDocuments(endless(), 12_000)])).toBe(
    [
      'ParagraphTooLong: the corpus has a paragraph without an end in sight.',
      '  expected a blank line within 4194304 characters; it begins with "One sentence a line, as many corpora hav"',
      '  hint: a document is made of whole paragraphs: if each line is one, put a blank line after each, for example with `sed G`.',
    ].join('\n'),
  );
});

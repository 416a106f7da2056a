import { PaperError } from 'reproducible-paper/stage';

/** Between paragraphs: a blank line or several, which may hold white space. */
const blankLines = /\n\s*\n/;

/** Characters; a paragraph is held in memory whole. */
const longestParagraph = 2 ** 22;

function* paragraphsOf(pieces: Iterable<string>): Generator<string> {
  let open = '';
  for (const piece of pieces) {
    open += piece;
    // Whether the white space at its end is part of a blank line, the next piece tells.
    const settled = open.trimEnd().length;
    const paragraphs = open.slice(0, settled).split(blankLines);
    const last = paragraphs.pop() ?? '';
    yield* paragraphs;
    open = last + open.slice(settled);
    if (open.length > longestParagraph) {
      throw new PaperError('ParagraphTooLong', 'the corpus has a paragraph without an end in sight.', {
        details: [
          `expected a blank line within ${longestParagraph} characters; it begins with ${JSON.stringify(open.slice(0, 40))}`,
        ],
        hint: 'a document is made of whole paragraphs: if each line is one, put a blank line after each, for example with `sed G`.',
      });
    }
  }
  yield* open.split(blankLines);
}

/**
 * Paragraphs joined until a document has so many characters: any text has paragraphs, few have chapters.
 *
 * @param pieces a text, cut anywhere
 * @throws ParagraphTooLong
 */
export function* cutDocuments(pieces: Iterable<string>, documentCharacters: number): Generator<string> {
  let current = '';
  for (const paragraph of paragraphsOf(pieces)) {
    current = current === '' ? paragraph : `${current}\n\n${paragraph}`;
    if (current.length >= documentCharacters) {
      yield current;
      current = '';
    }
  }
  if (current.trim() !== '') yield current;
}

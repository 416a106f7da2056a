import { characterCount, placeAfter } from './character-count.ts';

/** Between paragraphs: a blank line or several, which may hold white space. */
const blankLines = /\n\s*\n/;

// In UTF-16 units. White space without end is no text: so much of it parts paragraphs.
const longestGap = 65_536;

/** Line ends as Unix writes them: those of Windows and of old Macs are one each. */
function* unixLines(pieces: Iterable<string>): Generator<string> {
  let held = '';
  for (const piece of pieces) {
    const text = held + piece;
    // Whether a line feed follows, the next piece tells.
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}

/**
 * Where a paragraph longer than two documents is cut first: at the first line end from one document's length on, or at
 * the first white space, or, where within two documents there is neither, there. Undefined of a shorter one.
 */
const cutPlace = (paragraph: string, from: number, characters: number): number | undefined => {
  const first = placeAfter(paragraph, from, characters);
  const last = placeAfter(paragraph, first, characters);
  if (last >= paragraph.length) return undefined;
  const within = paragraph.slice(first, last);
  const gap = [/[\n\u2028\u2029]/, /\s/].map((sign) => within.search(sign)).find((at) => at >= 0);
  return gap === undefined ? last : first + gap + 1;
};

/** The parts of a long paragraph that are documents already, and what is left of it. */
const longParts = (
  paragraph: string,
  characters: number,
): { readonly parts: string[]; readonly rest: string } => {
  const parts: string[] = [];
  let from = 0;
  for (let cut = cutPlace(paragraph, 0, characters); cut !== undefined; ) {
    parts.push(paragraph.slice(from, cut));
    from = cut;
    cut = cutPlace(paragraph, from, characters);
  }
  return { parts, rest: paragraph.slice(from) };
};

interface Paragraph {
  readonly text: string;
  /** The paragraph goes on in the next one: a document ends here all the same. */
  readonly isCut: boolean;
}

/** Paragraphs; those longer than two documents in parts, so that any text has documents. */
function* paragraphsOf(pieces: Iterable<string>, characters: number): Generator<Paragraph> {
  const inParts = function* (paragraph: string): Generator<Paragraph, string> {
    const { parts, rest } = longParts(paragraph, characters);
    for (const text of parts) yield { text, isCut: true };
    return rest;
  };
  let open = '';
  for (const piece of unixLines(pieces)) {
    open += piece;
    // Whether the white space at its end is part of a blank line, the next piece tells.
    const settled = open.trimEnd().length;
    const gap = open.length - settled > longestGap ? '\n\n' : open.slice(settled);
    const paragraphs = open.slice(0, settled).split(blankLines);
    const last = paragraphs.pop() ?? '';
    for (const paragraph of paragraphs) yield { text: yield* inParts(paragraph), isCut: false };
    open = (yield* inParts(last)) + gap;
  }
  for (const paragraph of open.split(blankLines)) yield { text: yield* inParts(paragraph), isCut: false };
}

/**
 * Paragraphs joined until a document has so many characters: any text has paragraphs, few have chapters. A text
 * without blank lines is cut at line ends, one without lines at white space or by length.
 *
 * @param pieces a text, cut anywhere but within a character
 */
export function* cutDocuments(pieces: Iterable<string>, documentCharacters: number): Generator<string> {
  let current = '';
  let length = 0;
  for (const { text, isCut } of paragraphsOf(pieces, documentCharacters)) {
    // What a cut left over may be nothing.
    length += characterCount(text) + (current === '' ? 0 : 2);
    current = current === '' ? text : `${current}\n\n${text}`;
    if (isCut || length >= documentCharacters) {
      if (current.trim() !== '') yield current;
      [current, length] = ['', 0];
    }
  }
  if (current.trim() !== '') yield current;
}

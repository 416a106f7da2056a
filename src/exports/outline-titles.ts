import { bare } from './carried-value.ts';
import type { ExportDocument, Inline, Section } from './export-document.ts';
import { pdfStringForm, pdfStringText } from './pdf-string.ts';
import { plainText } from './read-inline.ts';

const holdsMath = (inlines: readonly Inline[]): boolean =>
  inlines.some((inline) => inline.kind === 'math' || ('children' in inline && holdsMath(inline.children)));

/** Titles that a PDF's outline lists, in order; of one with a formula its drawn letters, which no page has as text. */
export const outlineTitles = ({
  masthead,
  sections,
}: Pick<ExportDocument, 'masthead' | 'sections'>): readonly string[] => {
  const below = (inner: readonly Section[]): readonly string[] =>
    inner.flatMap(({ title, sections: deeper }) => [
      ...(holdsMath(title) ? [] : [plainText(title)]),
      ...below(deeper),
    ]);
  return [masthead.title, ...below(sections)];
};

const itemForm = new RegExp(String.raw`(?<=\n)(\d+) 0 obj\n<<\/Title (${pdfStringForm})(?=\n\/Dest )`, 'g');

/**
 * Chromium writes the letters of a heading as it draws them: without the space at which it breaks a line, and once more
 * where it begins a page. What differs from the title so is given by it.
 *
 * @param text of the PDF, a letter a byte
 * @returns number of an outline's item -> its title
 */
export const mendedTitles = (text: string, titles: readonly string[]): ReadonlyMap<number, string> => {
  const mended = new Map<number, string>();
  // Items are numbered in the order of the headings.
  const items = [...text.matchAll(itemForm)]
    .map(([, number, written = '']) => ({ number: Number(number), drawn: bare(pdfStringText(written)) }))
    .toSorted((a, b) => a.number - b.number);
  let from = 0;
  for (const { number, drawn } of items) {
    const at = titles.findIndex(
      (title, index) => index >= from && [bare(title), bare(title).repeat(2)].includes(drawn),
    );
    if (at < 0) continue;
    mended.set(number, titles[at]!);
    from = at + 1;
  }
  return mended;
};

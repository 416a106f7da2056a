import type { Masthead } from './export-document.ts';
import { mendedTitles } from './outline-titles.ts';
import { pdfString, pdfStringForm } from './pdf-string.ts';

/** Chromium's own, which names a browser. */
const creator = /\/Creator \((?:\\.|[^\\)])*\)\n?/;

const titleForm = new RegExp(`/Title (?:${pdfStringForm})`);

const required = (found: RegExpMatchArray | null, what: string): RegExpMatchArray => {
  if (!found) throw new Error(`internal: the printed PDF has no ${what}`);
  return found;
};

/** What a dictionary holds, by the number of its object. */
const dictionaryOf = (text: string, number: number | string, what: string): string =>
  required(text.match(new RegExp(`(?:^|\\n)${number} 0 obj\\s*<<([\\s\\S]*?)>>\\s*endobj`)), what)[1] ?? '';

/**
 * A PDF that says who wrote it and what of, which a browser does not: reference managers and libraries read it there;
 * and whose outline has the titles of the page. Both are appended as a later revision of their dictionaries
 * (ISO 32000-1, 7.5.6), so that no byte before it moves.
 *
 * @param titles of the outline, in order
 */
export const describePdf = (
  pdf: Uint8Array,
  { authors, summary }: Pick<Masthead, 'authors' | 'summary'>,
  titles: readonly string[],
): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const [, dictionary = '', before = ''] = required(
    text.match(/trailer\s*<<([\s\S]*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$/),
    'trailer',
  );
  const [, info = ''] = required(dictionary.match(/\/Info (\d+) 0 R/), 'information');
  const said = [
    ['Author', authors.join(', ')],
    ['Subject', summary],
    ['Creator', 'reproducible-paper'],
  ].map(([name, words = '']) => `/${name} ${pdfString(words)}`);
  const revised: readonly (readonly [number, string])[] = [
    [
      Number(info),
      `${dictionaryOf(text, info, 'information').replace(creator, '').trim()}\n${said.join('\n')}`,
    ],
    ...[...mendedTitles(text, titles)].map(
      ([number, title]) =>
        [
          number,
          dictionaryOf(text, number, 'outline').replace(titleForm, () => `/Title ${pdfString(title)}`),
        ] as const,
    ),
  ];
  let made = text.endsWith('\n') ? text : `${text}\n`;
  let rows = '';
  for (const [number, content] of revised.toSorted(([a], [b]) => a - b)) {
    rows += `${number} 1\n${String(made.length).padStart(10, '0')} 00000 n \n`;
    made += `${number} 0 obj\n<<${content}>>\nendobj\n`;
  }
  return Buffer.from(
    `${made}xref\n${rows}trailer\n<<${dictionary.trim()}\n/Prev ${before}>>\nstartxref\n${made.length}\n%%EOF\n`,
    'latin1',
  );
};

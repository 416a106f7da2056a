import type { Masthead } from './export-document.ts';

/** A text string in UTF-16 with its mark, as hexadecimal digits (ISO 32000-1, 7.9.2.2). */
const textString = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** Chromium's own, which names a browser. */
const creator = /\/Creator \((?:\\.|[^\\)])*\)\n?/;

const required = (found: RegExpMatchArray | null, what: string): RegExpMatchArray => {
  if (!found) throw new Error(`internal: the printed PDF has no ${what}`);
  return found;
};

/**
 * A PDF that says who wrote it and what of, which a browser does not: reference managers and libraries read it there. It
 * is appended as a later revision of the dictionary of information (ISO 32000-1, 7.5.6), so that no byte before it moves.
 */
export const describePdf = (
  pdf: Uint8Array,
  { authors, summary }: Pick<Masthead, 'authors' | 'summary'>,
): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const [, dictionary = '', before = ''] = required(
    text.match(/trailer\s*<<([\s\S]*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$/),
    'trailer',
  );
  const [, info] = required(dictionary.match(/\/Info (\d+) 0 R/), 'information');
  const [, known = ''] = required(
    text.match(new RegExp(`(?:^|\\n)${info} 0 obj\\s*<<([\\s\\S]*?)>>\\s*endobj`)),
    'information',
  );
  const said = [
    ['Author', authors.join(', ')],
    ['Subject', summary],
    ['Creator', 'reproducible-paper'],
  ].map(([name, words = '']) => `/${name} ${textString(words)}`);
  const object = `${info} 0 obj\n<<${known.replace(creator, '').trim()}\n${said.join('\n')}>>\nendobj\n`;
  const gap = text.endsWith('\n') ? '' : '\n';
  const at = text.length + gap.length;
  return Buffer.from(
    `${text}${gap}${object}xref\n${info} 1\n${String(at).padStart(10, '0')} 00000 n \n` +
      `trailer\n<<${dictionary.trim()}\n/Prev ${before}>>\nstartxref\n${at + object.length}\n%%EOF\n`,
    'latin1',
  );
};

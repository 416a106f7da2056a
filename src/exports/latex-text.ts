/** Text as LaTeX, in what pdfTeX, XeTeX and LuaTeX all set. */
import { Transform } from 'unicode2latex';
import { PaperError } from '../engine/stage/index.ts';

/** Where the table of the library names what looks otherwise, or needs a package that few have. */
const ours: Readonly<Record<string, { readonly text: string }>> = {
  '−': { text: '$-$' },
  '×': { text: '$\\times$' },
  '±': { text: '$\\pm$' },
  '·': { text: '$\\cdot$' },
  '"': { text: '\\textquotedbl{}' },
  "'": { text: '\\textquotesingle{}' },
  '`': { text: '\\textasciigrave{}' },
  '‑': { text: '-' },
  '\u00ad': { text: '\\-' },
  '<': { text: '\\textless{}' },
  '>': { text: '\\textgreater{}' },
  '|': { text: '\\textbar{}' },
  '✓': { text: '$\\checkmark$' },
  '∴': { text: '$\\therefore$' },
};
const transform = new Transform('biblatex', { charmap: ours });

/** Macros of encodings that no plain installation has. */
const foreign = /\\cyrchar|\\(?:Cyr|ding|textheng)|\P{ASCII}/u;

const latexLetters = (text: string): string => {
  const latex = transform.tolatex(text.normalize('NFC'));
  if (!foreign.test(latex)) return latex;
  const letter = [...text].find((one) => foreign.test(transform.tolatex(one))) ?? text;
  const at = text.indexOf(letter);
  throw new PaperError('NoLatexForm', `'${letter}' is in none of the fonts that LaTeX sets with.`, {
    details: [`in '${text.slice(Math.max(0, at - 40), at + 40).trim()}'`],
    hint: 'write it as a formula, `$…$`, or in other letters.',
  });
};

/** Letters that are raised or lowered by themselves, each by the letters that it is one of. */
const shifted = /([\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d61\u2070-\u207f]+)|([\u1d62-\u1d6a\u2080-\u209c]+)/;

const latexWords = (text: string): string => {
  const [, raised, lowered] = shifted.exec(text) ?? [];
  const shift = raised ?? lowered;
  if (shift === undefined) return latexLetters(text);
  const at = text.indexOf(shift);
  const command = raised === undefined ? '\\textsubscript' : '\\textsuperscript';
  return `${latexLetters(text.slice(0, at))}${command}{${latexLetters(shift.normalize('NFKD'))}}${latexWords(text.slice(at + shift.length))}`;
};

const address = /(https?:\/\/\S+)/;
/** After these an address may go on in the next line; it has no spaces, and would leave the page. */
const afterSign = /(?<=[/._?&=-])/;

/**
 * @param text as it is printed
 * @throws NoLatexForm for a letter that LaTeX's own fonts do not have
 */
export const latexText = (text: string): string =>
  text
    .split(address)
    .map((part, at) =>
      at % 2 === 1 ? part.split(afterSign).map(latexWords).join('\\allowbreak{}') : latexWords(part),
    )
    .join('');

/** Quotes that stand upright in code. */
const quotes: Readonly<Record<string, string>> = {
  "'": '\\textquotesingle{}',
  '`': '\\textasciigrave{}',
  '"': '\\textquotedbl{}',
};

/** Signs of which two would be drawn as one. */
const joined = /^[-,?!'`"]/;

/** A line of code: every letter as it stands. */
export const latexCode = (line: string): string =>
  line
    .split(/( +|[-,?!'`"]+)/)
    .map((part) => {
      if (part.startsWith(' ')) return part === ' ' ? ' ' : part.replaceAll(' ', '\\ ');
      if (!joined.test(part)) return latexText(part);
      return [...part]
        .map((sign, at) => quotes[sign] ?? (at === part.length - 1 ? sign : `${sign}{}`))
        .join('');
    })
    .join('');

/** An address within `\href`. */
export const latexAddress = (href: string): string =>
  href.replace(/[%#&_{}\\^~]/g, (sign) => (sign === '\\' ? '/' : `\\${sign}`));

/** A name that is only read back, never set. */
export const latexName = (id: string): string =>
  id.replace(/[^\w.:+*/@ -]/gu, (sign) => `!${sign.codePointAt(0)!.toString(16)}!`);

/** Where references lead. */
export const latexTarget = (id: string | null): string =>
  id === null ? '' : `\\hypertarget{${latexName(id)}}{}`;

/** As it was before. */
export const nameInLatex = (name: string): string =>
  name.replace(/!([0-9a-f]+)!/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

import { latex2unicode } from 'unicode2latex';
import { bare, type CarriedValue } from './carried-value.ts';
import { nameInLatex } from './latex-text.ts';

const marker = '\\val{';

/** The end of what begins with a brace at `from`. */
const endOfGroup = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at;
  }
  return text.length;
};

/** Accents by the command that sets them, as Unicode combines them. */
const accents: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  H: '\u030b',
  c: '\u0327',
  v: '\u030c',
  u: '\u0306',
  k: '\u0328',
  r: '\u030a',
};

const signs: Readonly<Record<string, string | { readonly text?: string }>> = latex2unicode;

const signOf = (command: string): string => {
  const sign = signs[command];
  return typeof sign === 'string' ? sign : (sign?.text ?? command);
};

/** What is set, without the commands that set it: written apart from what writes them, to be a check of it. */
const letters = (latex: string): string =>
  latex
    .replaceAll('$-$', '−')
    .replace(/\$\^(\w)\$/g, '$1')
    .replace(/\\(?:text(?:superscript|subscript|bf|tt)|emph)(?=\{)/g, '')
    .replace(/\\textquotesingle(?:\{\})?/g, '\u0001')
    .replace(
      /\\(['`^"~=.]|[Hcvukr](?![a-zA-Z]))\s*\{?\\?([a-zA-Z])\}?/g,
      (_, accent: string, letter: string) => `${letter}${accents[accent]}`,
    )
    .replace(/\\[,:;> -]|~/g, '')
    .replace(/\\([a-zA-Z]+)(?:\{\}| )?/g, (_, name: string) => signOf(`\\${name}`))
    .replaceAll('``', '“')
    .replaceAll("''", '”')
    .replaceAll("'", '’')
    .replaceAll('\u0001', "'")
    .replaceAll('---', '—')
    .replaceAll('--', '–')
    .replace(/(?<!\\)[${}]/g, '')
    .replace(/\\([%&#_${}])/g, '$1');

/** Every `\val{name}{as printed}` of a source. */
export const valuesInLatex = (source: string): readonly CarriedValue[] => {
  const body = source.indexOf('\\begin{document}');
  const found: CarriedValue[] = [];
  for (let at = source.indexOf(marker, body); at >= 0; at = source.indexOf(marker, at + 1)) {
    const nameEnd = endOfGroup(source, at + marker.length - 1);
    const id = nameInLatex(source.slice(at + marker.length, nameEnd));
    const text = bare(letters(source.slice(nameEnd + 2, endOfGroup(source, nameEnd + 1))));
    found.push({ id, text, line: source.slice(0, at).split('\n').length });
  }
  return found;
};

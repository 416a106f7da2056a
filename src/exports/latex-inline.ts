import type { Inline, Mark } from './export-document.ts';
import { latexAddress, latexCode, latexName, latexTarget, latexText } from './latex-text.ts';

const commands: Readonly<Record<Mark, string>> = {
  emphasis: '\\emph',
  strong: '\\textbf',
  code: '\\texttt',
  superscript: '\\textsuperscript',
  subscript: '\\textsubscript',
  small: '\\aside',
  framed: '\\framed',
  struck: '\\struck',
};

/** KaTeX takes letters outside of maths that LaTeX takes only as commands. */
const mathSigns: Readonly<Record<string, string>> = {
  '−': '-',
  '×': '\\times ',
  '≤': '\\le ',
  '≥': '\\ge ',
  '∈': '\\in ',
  '…': '\\dots ',
  '’': "'",
};

/** TeX as KaTeX read it, for LaTeX. */
export const latexFormula = (tex: string): string =>
  tex.replace(/[−×≤≥∈…’]/g, (sign) => mathSigns[sign]!).replace(/\n\s*\n/g, '\n');

/** What stands in an equation on its own: environments that number their lines become those that do not. */
export const latexDisplay = (tex: string): string =>
  latexFormula(tex)
    .replace(/\\(begin|end)\{(align|gather|alignat)\*?\}/g, '\\$1{$2ed}')
    .replace(/\\(begin|end)\{equation\*?\}/g, '');

const textOf = (children: readonly Inline[]): string =>
  children.map((child) => (child.kind === 'text' ? child.text : '')).join('');

const latexInline = (inline: Inline): string => {
  switch (inline.kind) {
    case 'text':
      return latexText(inline.text);
    case 'value':
      return `\\val{${latexName(inline.id)}}{${latexInlines(inline.children)}}`;
    case 'math':
      return `$${latexFormula(inline.math.tex)}$`;
    case 'claim':
      return `\\claim{${latexName(inline.id)}}{${inline.verdict}}{${latexInlines(inline.children)}}`;
    case 'link':
      return `\\href{${latexAddress(inline.href)}}{${latexInlines(inline.children)}}`;
    case 'reference':
      return `\\hyperlink{${latexName(inline.to)}}{${latexInlines(inline.children)}}`;
    case 'anchor':
      return latexTarget(inline.id);
    case 'break':
      return '\\newline ';
    case 'marked':
      return inline.mark === 'code' && inline.children.every(({ kind }) => kind === 'text')
        ? `\\texttt{${latexCode(textOf(inline.children))}}`
        : `${commands[inline.mark]}{${latexInlines(inline.children)}}`;
  }
};

/** Inline text as LaTeX; a value carries its name: `\val{name}{as printed}`. */
export const latexInlines = (inlines: readonly Inline[]): string => inlines.map(latexInline).join('');

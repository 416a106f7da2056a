import { abstractOf } from './abstract-of.ts';
import type { Block, ExportDocument, Masthead, Section } from './export-document.ts';
import { latexDisplay, latexInlines } from './latex-inline.ts';
import { latexPreamble } from './latex-preamble.ts';
import { latexAnchor, latexCaption, latexTable } from './latex-table.ts';
import { latexCode, latexName, latexTarget, latexText } from './latex-text.ts';

const environment = (name: string, ...lines: readonly string[]): string =>
  [`\\begin{${name}}`, ...lines, `\\end{${name}}`].join('\n');

const writeBlock = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return latexInlines(block.children);
    case 'equation': {
      const tag = block.number === null ? '\\notag' : `\\tag{${latexText(block.number)}}`;
      const tex = latexDisplay(block.math.tex);
      return `${latexTarget(block.id)}${environment('equation', tex, ...(tex.includes('\\tag') ? [] : [tag]))}`;
    }
    case 'code': {
      const lines = block.text.replace(/\n$/, '').split('\n');
      const title = block.title.length > 0 ? `\\codetitle{${latexInlines(block.title)}}\n` : '';
      return `${title}${environment('codelines', ...lines.map((line) => `\\codeline{${latexCode(line)}}`))}`;
    }
    case 'list':
      return environment(
        block.style === 'bullet' ? 'itemize' : 'enumerate',
        ...block.items.map(
          ({ id, blocks }) => `\\item ${latexTarget(id)}${blocks.map(writeBlock).join('\n\n')}`,
        ),
      );
    case 'quotation':
      return environment('quotation', ...block.blocks.map(writeBlock));
    case 'bibliography':
      return environment(
        'references',
        ...block.entries.map(({ id, children }) => `\\item ${latexTarget(id)}${latexInlines(children)}`),
      );
    case 'table':
      return latexTable(block);
    case 'figure':
      return [
        '\\begin{figure}[htbp]',
        '\\centering',
        `\\drawing{figures/${latexName(block.picture.name)}.pdf}`,
        ...latexAnchor('figure', block),
        latexCaption(block),
        '\\end{figure}',
      ].join('\n');
  }
};

const levels = ['section', 'subsection', 'subsubsection', 'paragraph'] as const;

const writeSection = (section: Section, depth: number): string => {
  const level = levels[Math.min(depth, levels.length - 1)]!;
  const title = latexInlines(section.title);
  const { number } = section;
  const heading =
    number === null
      ? `\\${level}*{${title}}\\addcontentsline{toc}{${level}}{${title}}`
      : `\\setnumber{${level}}{${latexName(number)}}\\${level}{${title}}`;
  return [
    `${heading}${latexTarget(section.id)}`,
    ...section.blocks.map(writeBlock),
    ...section.sections.map((inner) => writeSection(inner, depth + 1)),
  ].join('\n\n');
};

const titleLines = ({ title, authors, date, original, address, commit, license }: Masthead): string => {
  const notes = [
    original,
    address === null ? null : `\\url{${address.replace(/[%#]/g, '\\$&')}}`,
    commit,
    license,
  ].flatMap((note) => (note === null ? [] : [note.startsWith('\\url') ? note : latexText(note)]));
  return [
    `\\title{${latexText(title)}}`,
    `\\author{${authors.map(latexText).join(' \\and ')}}`,
    `\\date{${[...(date === null ? [] : [latexText(date)]), ...notes.map((note) => `{\\footnotesize ${note}}`)].join('\\\\[2pt] ')}}`,
    `\\hypersetup{pdftitle={${latexText(title)}},pdfauthor={${latexText(authors.join(', '))}}}`,
  ].join('\n');
};

/**
 * A paper as one LaTeX source: its figures are `figures/<name>.pdf` beside it.
 *
 * @throws NoLatexForm
 */
export const writeLatex = ({ masthead, blocks, sections }: ExportDocument): string => {
  const abstract = abstractOf(sections);
  const rest = sections.filter((section) => section !== abstract);
  return [
    latexPreamble,
    titleLines(masthead),
    '\\begin{document}',
    '\\maketitle',
    ...(abstract
      ? [
          environment(
            'abstract',
            `${latexTarget(abstract.id)}%`,
            abstract.blocks.map(writeBlock).join('\n\n'),
          ),
        ]
      : []),
    ...blocks.map(writeBlock),
    ...(abstract?.sections ?? []).map((section) => writeSection(section, 1)),
    ...rest.map((section) => writeSection(section, 0)),
    '\\end{document}',
    '',
  ].join('\n\n');
};

import type { Cell, Grid, Inline, TableBlock } from './export-document.ts';
import { latexInlines } from './latex-inline.ts';
import { latexName } from './latex-text.ts';

/** A size of type with what fits into a line of it, in letters: at A4 with the margins of the preamble. */
interface Fit {
  readonly size: string;
  readonly isTurned: boolean;
  /** Points a letter takes on average. */
  readonly letter: number;
}
const portrait = 455;
const landscape = 690;
const columnGap = 7;
const fits: readonly Fit[] = [
  { size: '\\small', isTurned: false, letter: 4.9 },
  { size: '\\footnotesize', isTurned: false, letter: 4.3 },
  { size: '\\scriptsize', isTurned: false, letter: 3.8 },
  { size: '\\footnotesize', isTurned: true, letter: 4.3 },
  { size: '\\scriptsize', isTurned: true, letter: 3.8 },
];

/** Signs of numbers are wider than letters, by about so much of one. */
const [wideSigns, widerBy] = [/[×−±+=<>]/g, 0.9];

const lettersOf = (text: string): number => text.length + widerBy * (text.match(wideSigns)?.length ?? 0);

/** Letters that it takes; a formula about as many as its TeX has without commands. */
const lengthOf = (inlines: readonly Inline[]): number =>
  inlines.reduce((total, inline) => {
    if (inline.kind === 'text') return total + lettersOf(inline.text);
    if (inline.kind === 'math')
      return (
        total +
        inline.math.tex
          .replace(/\\(?:mathrm|mathbf|text|operatorname)/g, '')
          .replace(/\\[a-zA-Z]+/g, 'x')
          .replace(/[{}_^\s]/g, '').length
      );
    if (!('children' in inline)) return total;
    const inner = lengthOf(inline.children);
    return (
      total +
      (inline.kind === 'marked' && ['small', 'superscript'].includes(inline.mark) ? inner * 0.85 : inner)
    );
  }, 0);

const longestWord = (inlines: readonly Inline[]): number =>
  inlines.reduce((longest, inline) => {
    if (inline.kind === 'text') return Math.max(longest, ...inline.text.split(/[ \n]/).map(lettersOf));
    if (inline.kind === 'math') return Math.max(longest, lengthOf([inline]));
    return !('children' in inline)
      ? longest
      : Math.max(longest, inline.kind === 'value' ? lengthOf([inline]) : longestWord(inline.children));
  }, 0);

/** Words are broken beyond so many letters; numbers are not. */
const widestText = 46;

const cellWidth = ({ isNumber, isHead, lines }: Cell, inHead: boolean): number =>
  Math.max(
    ...[
      0,
      ...lines.map((line) => {
        if (inHead) return Math.max(longestWord(line), Math.min(lengthOf(line), 9));
        return isNumber && !isHead
          ? lengthOf(line)
          : Math.max(longestWord(line), Math.min(lengthOf(line), widestText));
      }),
    ],
  );

/** Letters by column. */
const widthsOf = ({ head, body }: Grid): readonly number[] => {
  const count = Math.max(
    ...[...head, ...body].map((row) => row.reduce((total, { columns }) => total + columns, 0)),
  );
  const widths = Array.from({ length: count }, () => 2);
  for (const [rows, inHead] of [
    [head, true],
    [body, false],
  ] as const)
    for (const row of rows) {
      let at = 0;
      for (const cell of row) {
        if (cell.columns === 1) widths[at] = Math.max(widths[at] ?? 0, cellWidth(cell, inHead) + 0.8);
        at += cell.columns;
      }
    }
  return widths;
};

const cellText = ({ lines, columns }: Cell, bold: boolean): string => {
  const text = lines.map(latexInlines).join('\\newline ');
  const set = bold && text !== '' ? `\\headcell{${text}}` : text;
  return columns > 1 ? `\\multicolumn{${columns}}{l}{${set}}` : set;
};

const rowText = (row: readonly Cell[], bold: boolean): string =>
  `${row.map((cell) => cellText(cell, bold)).join(' & ')} \\\\`;

/** Where links to a table or a figure lead, and the number that the page gives it. */
export const latexAnchor = (
  kind: 'table' | 'figure',
  { id, label }: Pick<TableBlock, 'id' | 'label'>,
): readonly string[] => [
  ...(id === null ? [] : [`\\hypertarget{${latexName(id)}}{}%`]),
  ...(label ? [`\\setnumber{${kind}}{${latexName(label.number)}}`] : []),
];

/** What stands below a figure or above a table; it is in no list of them, where it would be moved. */
export const latexCaption = ({ label, caption }: Pick<TableBlock, 'label' | 'caption'>): string => {
  if (!label && caption.length === 0) return '';
  return `\\caption${label ? '[]' : '*'}{${latexInlines(caption)}}`;
};

/** A table that may break over pages; turned where it is too wide for a page that stands. */
export const latexTable = (table: TableBlock): string => {
  const { grid } = table;
  const widths = widthsOf(grid);
  const letters = widths.reduce((total, width) => total + width, 0);
  const roomOf = ({ isTurned }: Fit): number => (isTurned ? landscape : portrait) - columnGap * widths.length;
  const fit = fits.find((one) => letters * one.letter <= roomOf(one)) ?? fits.at(-1)!;
  // What is wider than the widest page is broken within its cells.
  const points = Math.min(fit.letter, roomOf(fit) / letters);
  const isNumber = widths.map(
    (_, at) =>
      grid.body.length > 0 &&
      grid.body.filter((row) => row[at]?.isNumber && !row[at].isHead).length * 2 > grid.body.length,
  );
  const columns = widths
    .map((width, at) => `${isNumber[at] ? 'N' : 'W'}{${(width * points).toFixed(1)}pt}`)
    .join('');
  const caption = latexCaption(table);
  const head = grid.head.map((row) => rowText(row, true));
  const text = [
    '\\begingroup',
    fit.size,
    ...latexAnchor('table', table),
    `\\begin{longtable}{@{}${columns}@{}}`,
    ...(caption ? [`${caption}\\\\`] : []),
    '\\toprule',
    ...(head.length > 0 ? [...head, '\\midrule'] : []),
    '\\endfirsthead',
    '\\toprule',
    ...(head.length > 0 ? [...head, '\\midrule'] : []),
    '\\endhead',
    '\\bottomrule',
    '\\endfoot',
    ...grid.body.map((row) => rowText(row, false)),
    '\\end{longtable}',
    '\\endgroup',
  ].join('\n');
  return fit.isTurned ? `\\begin{landscape}\n${text}\n\\end{landscape}` : text;
};

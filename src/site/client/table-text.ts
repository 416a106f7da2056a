/** A table as it is printed, in the forms of other texts, on a phone too; columns that a reader switched off are left out. */

/** TeX specials; what is printed beyond ASCII in numbers has signs of its own. */
const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '\u202f': '\\,',
  '\u00a0': '~',
};
const latexText = (text: string): string =>
  text.replace(/[\\{}$&#_%~^−×±\u202f\u00a0]/g, (sign) => latexSigns[sign] ?? sign);

const markdownText = (text: string): string =>
  text.replace(/[\\|`*_[\]<>~$]/g, (sign) => `\\${sign}`).replace(/[\u202f\u00a0]/g, ' ');

interface Form {
  readonly text: (text: string) => string;
  readonly raised: (inner: string) => string;
  readonly line: string;
}
const latex: Form = { text: latexText, raised: (inner) => `\\textsuperscript{${inner}}`, line: '; ' };
const markdown: Form = { text: markdownText, raised: (inner) => `<sup>${inner}</sup>`, line: '; ' };

const isShown = (cell: Element): boolean =>
  cell.matches('.further-key') || getComputedStyle(cell).display !== 'none';

const written = (node: Node, form: Form): string => {
  if (node.nodeType === Node.TEXT_NODE)
    return form.text((node.textContent ?? '').replace(/[ \t\r\n]+/g, ' '));
  if (!(node instanceof Element) || node.matches('.visually-hidden, [data-media="screen"]')) return '';
  const tex = node.matches('.katex') && node.querySelector('annotation')?.textContent;
  if (tex) return `$${tex}$`;
  const inner = [...node.childNodes].map((child) => written(child, form)).join('');
  if (node.tagName === 'SUP') return form.raised(inner);
  const isOwnLine = node.matches('.aside, .unit, .again');
  return isOwnLine && inner.trim() !== '' ? `${form.line}${inner.trim()}` : inner;
};

const cellText = (cell: Element, form: Form): string =>
  [...cell.childNodes]
    .map((node) => written(node, form))
    .join('')
    .replace(/ +/g, ' ')
    .replaceAll(' ;', ';')
    .trim()
    .replace(/^; /, '');

interface Grid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumber: readonly boolean[];
}

const gridOf = (table: HTMLTableElement, form: Form): Grid => {
  const cellsOf = (row: HTMLTableRowElement) => [...row.cells].filter(isShown);
  const [first, ...rest] = [...table.rows];
  if (!first) return { head: [], rows: [], isNumber: [] };
  const head = cellsOf(first);
  return {
    head: head.map((cell) => cellText(cell, form)),
    rows: rest.map((row) => cellsOf(row).map((cell) => cellText(cell, form))),
    isNumber: head.map((cell) => cell.classList.contains('number')),
  };
};

/** For the package booktabs. */
export const latexOf = (table: HTMLTableElement, caption: string): string => {
  const { head, rows, isNumber } = gridOf(table, latex);
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;
  return [
    `% ${caption}`,
    `\\begin{tabular}{${isNumber.map((is) => (is ? 'r' : 'l')).join('')}}`,
    '\\toprule',
    line(head),
    '\\midrule',
    ...rows.map(line),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
};

export const markdownOf = (table: HTMLTableElement, caption: string): string => {
  const { head, rows, isNumber } = gridOf(table, markdown);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    markdownText(caption),
    '',
    line(head),
    `|${isNumber.map((is) => (is ? '---:' : '---')).join('|')}|`,
    ...rows.map(line),
    '',
  ].join('\n');
};

import type { Paragraph, Root, Table, TableCell } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { reportFault } from './faults.ts';
import { authorError } from './jsx-node.ts';
import { sourceOf } from './source-of.ts';

const pipeHint = 'a `|` within a cell, in a formula or in code too, is written \\|.';

/** Whether a cell holds a dollar sign without its other one; escaped ones are signs of currency. */
const hasLoneDollar = (cell: TableCell, file: VFile): boolean => {
  let { text } = sourceOf(cell, file);
  visit(cell, ['inlineMath', 'inlineCode'], (inner) => {
    text = text.replace(sourceOf(inner, file).text, '');
  });
  return [...text.matchAll(/(?<!\\)\$/g)].length % 2 === 1;
};

const checkTable = (table: Table, file: VFile): void => {
  const width = table.children[0]?.children.length ?? 0;
  for (const { children: cells } of table.children) {
    const extra = cells[width];
    const cut = cells.find(
      (cell, at) => at > 0 && hasLoneDollar(cell, file) && hasLoneDollar(cells[at - 1]!, file),
    );
    if (cut) {
      reportFault(
        file,
        authorError(
          'CutFormula',
          'a `|` ends a cell of the table within a formula.',
          file,
          cells[cells.indexOf(cut) - 1]!,
          `${pipeHint} A sign of currency is written \\$.`,
        ),
      );
    } else if (extra) {
      reportFault(
        file,
        authorError(
          'TooManyCells',
          `a row of the table has ${cells.length} cells, its head ${width}: the rest would not be printed.`,
          file,
          extra,
          pipeHint,
        ),
      );
    }
  }
};

/** A formula in a cell has its pipes escaped, as code has. */
const unescapePipes = (cell: TableCell): void => {
  visit(cell, 'inlineMath', (formula) => {
    formula.value = formula.value.replaceAll('\\|', '|');
    const data = formula.data as { hChildren?: { value?: string }[] } | undefined;
    for (const child of data?.hChildren ?? []) child.value = formula.value;
  });
};

/** A row of dashes makes a table only below a head of as many cells. */
const checkParagraph = (paragraph: Paragraph, file: VFile): void => {
  const lines = sourceOf(paragraph, file).text.split('\n');
  const at = lines.findIndex(
    (line) => /^[\s>]*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes('|'),
  );
  if (at < 1) return;
  const { line = 1, column = 1 } = paragraph.position?.start ?? {};
  const start = { line: line + at - 1, column: at === 1 ? column : 1 };
  reportFault(
    file,
    authorError(
      'BrokenTable',
      'the head of this table has another number of cells than the row of dashes below it, so that it is none.',
      file,
      { ...paragraph, position: { start, end: start } },
      `give each as many cells as the other; ${pipeHint}`,
    ),
  );
};

/** What a table of Markdown would leave out in silence is told. Faults: TooManyCells, CutFormula, BrokenTable */
export const checkTables = () => (tree: Root, file: VFile) => {
  visit(tree, (node) => {
    if (node.type === 'table') checkTable(node, file);
    if (node.type === 'tableCell') unescapePipes(node);
    if (node.type === 'paragraph') checkParagraph(node, file);
  });
};

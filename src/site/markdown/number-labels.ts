import type { Heading, Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, setAttribute, textOf } from './jsx-node.ts';

/** Components that are numbered: the prefix of their labels, the attribute that names them, their word. */
const numbered: Readonly<Record<string, { prefix: string; attribute: string; word: string }>> = {
  ResultTable: { prefix: 'tab', attribute: 'of', word: 'Table' },
  Figure: { prefix: 'fig', attribute: 'of', word: 'Figure' },
  Equation: { prefix: 'eq', attribute: 'id', word: 'Equation' },
};

/** Sections that stand outside the count, as in print. */
const unnumbered = new Set(['Abstract', 'References']);

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** `2`, `2.1`; after the first heading that begins with `Appendix`, `A`, `A.1`. */
const createSectionNumbers = () => {
  let [section, subsection, appendices] = [0, 0, 0];
  return (depth: number, title: string): string => {
    if (depth === 2) {
      subsection = 0;
      if (appendices > 0 || title.startsWith('Appendix')) appendices += 1;
      else section += 1;
    } else subsection += 1;
    const first = appendices > 0 ? String.fromCharCode(64 + appendices) : String(section);
    return depth === 2 ? first : `${first}.${subsection}`;
  };
};

/**
 * Numbers sections, tables, figures and equations in the order of the page, and turns `<Ref to="tab:id" />` into
 * a link that carries the number. A table that the page does not hold has a page of its own, and is linked by its title.
 *
 * Faults: UnknownReference, DuplicateId
 */
export const numberLabels = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  const tables = reporting(file, () => dataOf(file))?.tables ?? {};
  const labels = new Map<string, string>();
  const counts = new Map<string, number>();
  const define = (label: string, text: string, node: Node): void => {
    if (labels.has(label)) {
      reportFault(
        file,
        authorError(
          'DuplicateId',
          `'${label}' is defined twice.`,
          file,
          node,
          'give one of the two another title or id.',
        ),
      );
    }
    labels.set(label, text);
  };
  const sectionNumber = createSectionNumbers();
  visit(tree, (node: Node) => {
    if (node.type === 'heading' && (node as Heading).depth <= 3 && (node as Heading).depth >= 2) {
      const heading = node as Heading;
      const title = textOf(heading);
      if (unnumbered.has(title)) return;
      const number = sectionNumber(heading.depth, title);
      const label = `sec:${slugOf(title)}`;
      define(label, `Section ${number}`, node);
      heading.data = { ...heading.data, hProperties: { id: label.replace(':', '-'), 'data-number': number } };
    }
    if (!isJsx(node)) return;
    const kind = numbered[node.name ?? ''];
    if (!kind) return;
    const number = (counts.get(kind.prefix) ?? 0) + 1;
    counts.set(kind.prefix, number);
    define(`${kind.prefix}:${attributeOf(node, kind.attribute) ?? ''}`, `${kind.word} ${number}`, node);
    setAttribute(node, 'number', String(number));
  });
  visit(tree, (node: Node) => {
    if (!isJsx(node) || node.name !== 'Ref') return;
    const to = attributeOf(node, 'to') ?? '';
    const table = to.startsWith('tab:') ? to.slice('tab:'.length) : '';
    const elsewhere = Object.hasOwn(tables, table) ? tables[table] : undefined;
    const text = labels.get(to) ?? elsewhere?.presentation.title;
    if (text === undefined) {
      reportFault(
        file,
        authorError(
          'UnknownReference',
          `there is nothing named '${to}' to refer to.`,
          file,
          node,
          labels.size === 0 && Object.keys(tables).length === 0
            ? 'the page has no numbered section, table, figure or equation.'
            : nearestHint(to, [...labels.keys(), ...Object.keys(tables).map((id) => `tab:${id}`)]),
        ),
      );
      return;
    }
    setAttribute(node, 'href', labels.has(to) ? `#${to.replace(':', '-')}` : `tables/${table}/`);
    setAttribute(node, 'text', text);
  });
};

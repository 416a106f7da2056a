import type { Element, ElementContent, Root } from 'hast';
import { toText } from 'hast-util-to-text';
import { SKIP, visit } from 'unist-util-visit';
import { spokenTex } from '../components/spoken-tex.ts';
import { attributeOf, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';

const isElement = (node: Root['children'][number] | undefined): node is Element => node?.type === 'element';

const within = (node: Element, name: string): Element[] =>
  node.children.filter((child): child is Element => isElement(child) && child.tagName === name);

/** Whether renderFormulas gave it: its HTML is an attribute. */
const formulaOf = (node: ElementContent): JsxNode | undefined => {
  const { data } = node as { data?: { isInlineFormula?: true } };
  return data?.isInlineFormula && isJsx(node) ? (node as JsxNode) : undefined;
};

/** A head that is formulas alone has words for those who do not see it, as a label of a result has. */
const withWords = ({ children }: Element): void => {
  if (children.some((child) => !formulaOf(child) && toText(child).trim() !== '')) return;
  for (const formula of children.flatMap((child) => formulaOf(child) ?? [])) {
    const html = attributeOf(formula, 'set:html') ?? '';
    const [, tex = ''] = /<annotation[^>]*>([^<]*)</.exec(html) ?? [];
    const words = `<span class="visually-hidden">${spokenTex(tex)}</span>`;
    setAttribute(formula, 'set:html', `<span aria-hidden="true">${html}</span>${words}`);
  }
};

/** The first cell of a row says what the row is of. */
const headRows = (table: Element): void => {
  for (const row of within(table, 'tbody').flatMap((body) => within(body, 'tr'))) {
    const [first] = within(row, 'td');
    if (!first) continue;
    Object.assign(first, { tagName: 'th', properties: { ...first.properties, scope: 'row' } });
    withWords(first);
  }
  for (const row of within(table, 'thead').flatMap((head) => within(head, 'tr'))) {
    for (const cell of within(row, 'th')) {
      cell.properties = { ...cell.properties, scope: 'col' };
      withWords(cell);
    }
  }
};

/**
 * A table that an author wrote has heads of rows and columns, and goes by the name of the section that it stands in. It may
 * be wider than a small screen: it scrolls in a box of its own, so that the page does not.
 */
export const scrollTables = () => (tree: Root) => {
  let section: string | undefined;
  visit(tree, 'element', (element, index, parent) => {
    const { id } = element.properties;
    if (/^h[1-6]$/.test(element.tagName) && typeof id === 'string') section = id;
    if (element.tagName !== 'table' || index === undefined || !parent) return undefined;
    headRows(element);
    const name = section === undefined ? { ariaLabel: 'Table' } : { ariaLabelledBy: [section] };
    Object.assign(element.properties, name);
    parent.children[index] = {
      type: 'element',
      tagName: 'div',
      properties: { className: ['scroll'], tabIndex: 0, role: 'group', ...name },
      children: [element],
    };
    return SKIP;
  });
};

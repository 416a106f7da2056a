import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const isElement = (node: Root['children'][number] | undefined): node is Element => node?.type === 'element';

const within = (node: Element, name: string): Element[] =>
  node.children.filter((child): child is Element => isElement(child) && child.tagName === name);

/** The first cell of a row says what the row is of. */
const headRows = (table: Element): void => {
  for (const row of within(table, 'tbody').flatMap((body) => within(body, 'tr'))) {
    const [first] = within(row, 'td');
    if (first) Object.assign(first, { tagName: 'th', properties: { ...first.properties, scope: 'row' } });
  }
  for (const row of within(table, 'thead').flatMap((head) => within(head, 'tr'))) {
    for (const cell of within(row, 'th')) cell.properties = { ...cell.properties, scope: 'col' };
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

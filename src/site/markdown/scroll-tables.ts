import type { Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

/** A table that an author wrote may be wider than a small screen: it scrolls in a box of its own, so that the page does not. */
export const scrollTables = () => (tree: Root) => {
  visit(tree, 'element', (table, index, parent) => {
    if (table.tagName !== 'table' || index === undefined || !parent) return undefined;
    parent.children[index] = {
      type: 'element',
      tagName: 'div',
      properties: { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Table' },
      children: [table],
    };
    return SKIP;
  });
};

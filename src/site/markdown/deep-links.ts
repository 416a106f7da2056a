import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const headings = new Set(['h2', 'h3', 'h4']);

const textOf = (node: Element): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');

/** Every heading with an anchor carries a link to itself. Its sign is drawn by the style, so that no text gains one. */
export const deepLinks = () => (tree: Root) => {
  visit(tree, 'element', (heading) => {
    if (!headings.has(heading.tagName)) return undefined;
    const { id, dataNumber } = heading.properties;
    const number = dataNumber ?? heading.properties['data-number'];
    if (typeof id !== 'string') return SKIP;
    heading.children.push({
      type: 'element',
      tagName: 'a',
      properties: {
        className: ['deep-link'],
        href: `#${id}`,
        ariaLabel: `Link to ${typeof number === 'string' ? `section ${number}` : textOf(heading).trim()}`,
        dataMedia: 'screen',
      },
      children: [],
    });
    return SKIP;
  });
};

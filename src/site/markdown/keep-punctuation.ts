import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const isFormula = (node: ElementContent | undefined): node is Element =>
  node?.type === 'element' && [node.properties['className']].flat().includes('katex');

/** A browser may break a line between a formula and the full stop after it: the two are held together. */
export const keepPunctuation = () => (tree: Root) => {
  visit(tree, (node, index, parent) => {
    const after = parent?.children[(index ?? 0) + 1];
    if (index === undefined || !parent || after?.type !== 'text' || !isFormula(node as ElementContent))
      return undefined;
    const mark = /^[.,;:!?)’”]+/.exec(after.value)?.[0];
    if (mark === undefined) return undefined;
    after.value = after.value.slice(mark.length);
    parent.children[index] = {
      type: 'element',
      tagName: 'span',
      properties: { className: ['unbroken'] },
      children: [node as Element, { type: 'text', value: mark }],
    };
    return SKIP;
  });
};

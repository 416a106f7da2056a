import type { ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { isInlineFormula } from './render-formulas.ts';

/** A browser may break a line between a formula and the full stop after it: the two are held together. */
export const keepPunctuation = () => (tree: Root) => {
  visit(tree, (node, index, parent) => {
    const after = parent?.children[(index ?? 0) + 1];
    if (index === undefined || !parent || after?.type !== 'text' || !isInlineFormula(node)) return undefined;
    const mark = /^[.,;:!?)’”]+/.exec(after.value)?.[0];
    if (mark === undefined) return undefined;
    after.value = after.value.slice(mark.length);
    parent.children[index] = {
      type: 'element',
      tagName: 'span',
      properties: { className: ['unbroken'] },
      children: [node as ElementContent, { type: 'text', value: mark }],
    };
    return SKIP;
  });
};

import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { isJsx, type JsxNode } from './jsx-node.ts';
import { isSentence, partsOf } from './verdict-sentences.ts';

/** The sentences of a claim, in whatever lines they were written. */
const inlined = (node: JsxNode): JsxNode => ({
  ...node,
  type: 'mdxJsxTextElement',
  children: partsOf(node).map((part) => (isSentence(part) ? inlined(part) : part)),
});

/** A claim that stands alone is still a sentence: it becomes a paragraph that holds it. */
export const inlineClaims = () => (tree: Root) => {
  visit(tree, (node: Node, index: number | undefined, parent: Parent | undefined) => {
    if (!isJsx(node) || node.name !== 'Claim' || node.type !== 'mdxJsxFlowElement') return undefined;
    if (!parent || index === undefined) return undefined;
    parent.children[index] = {
      type: 'paragraph',
      children: [inlined(node)],
      position: node.position,
    } as Node;
    return SKIP;
  });
};

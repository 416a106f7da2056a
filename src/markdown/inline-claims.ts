import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { isJsx, type JsxNode } from './jsx-node.ts';

/** A claim that stands alone is still a sentence: it becomes a paragraph that holds it. */
export const inlineClaims = () => (tree: Root) => {
  visit(tree, (node: Node, index: number | undefined, parent: Parent | undefined) => {
    if (!isJsx(node) || node.name !== 'Claim' || node.type !== 'mdxJsxFlowElement') return undefined;
    if (!parent || index === undefined) return undefined;
    const children = node.children.flatMap((child) =>
      child.type === 'paragraph' ? (child as Parent).children : [child],
    );
    const inline: JsxNode = { ...node, type: 'mdxJsxTextElement', children };
    parent.children[index] = { type: 'paragraph', children: [inline], position: node.position } as Node;
    return SKIP;
  });
};

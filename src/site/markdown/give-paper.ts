import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isJsx, paperOf, setAttribute } from './jsx-node.ts';

/** Tells each component which paper it stands in. */
export const givePaper = () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (isJsx(node) && /^[A-Z]/.test(node.name ?? '')) setAttribute(node, 'paper', paperOf(file));
  });
};

import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attributeOf, isJsx, type JsxNode, paperOf, setAttribute } from './jsx-node.ts';

/** Tells each component which paper it stands in, and a glance whether there is an original to compare with. */
export const givePaper = () => (tree: Root, file: VFile) => {
  const glances: JsxNode[] = [];
  let isCompared = false;
  visit(tree, (node: Node) => {
    if (!isJsx(node) || !/^[A-Z]/.test(node.name ?? '')) return;
    setAttribute(node, 'paper', paperOf(file));
    if (node.name === 'Glance' || node.name === 'GlanceRow') glances.push(node);
    if (node.name === 'GlanceRow' && attributeOf(node, 'original')) isCompared = true;
  });
  if (isCompared) for (const node of glances) setAttribute(node, 'compared', 'true');
};

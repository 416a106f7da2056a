import type { Root } from 'hast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { attributeOf, isJsx, type JsxNode } from './jsx-node.ts';

/** A row of the glance without words of its own says what its claim says, once that is the sentence of its verdict. */
export const fillGlance = () => (tree: Root) => {
  const claims = new Map<string, JsxNode>();
  const rows: JsxNode[] = [];
  visit(tree, (node: Node) => {
    if (!isJsx(node)) return;
    if (node.name === 'Claim') claims.set(attributeOf(node, 'id') ?? '', node);
    if (node.name === 'GlanceRow' && node.children.length === 0) rows.push(node);
  });
  for (const row of rows) {
    row.children = structuredClone(claims.get(attributeOf(row, 'claim') ?? '')?.children ?? []);
  }
};

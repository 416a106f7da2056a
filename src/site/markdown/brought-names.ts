import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';

/** Every name that code mentions. */
export const namesIn = (code: string): readonly string[] =>
  [...code.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)].map(([name]) => name);

/** Every name in a page's own imports and exports: to look at a component too many does no harm. */
export const broughtNames = (tree: Root): ReadonlySet<string> => {
  const names = new Set<string>();
  visit(tree, (node: Node) => {
    if (node.type !== 'mdxjsEsm' || !('value' in node)) return;
    for (const name of namesIn(String(node.value))) names.add(name);
  });
  return names;
};

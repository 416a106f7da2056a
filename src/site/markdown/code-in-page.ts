import { createProcessor } from '@mdx-js/mdx';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { withoutFrontmatter } from '../page-frontmatter.ts';
import { type CodeReads, unkeyedReads } from '../unkeyed-reads.ts';
import { isPart, type Part } from './elements-in-code.ts';
import { markdownSyntax } from './markdown-syntax.ts';

/** The programs in a node of a page: between braces, in attributes, or of imports and exports. */
const programsOf = (node: Node): readonly Part[] => {
  const { attributes } = node as Node & { attributes?: readonly (Node & { value?: unknown })[] };
  const inAttributes = (attributes ?? []).flatMap((of) => [of, of.value as Node | undefined]);
  return [node, ...inAttributes].flatMap((of) => {
    const { estree } = (of?.data ?? {}) as { estree?: unknown };
    return isPart(estree) ? [estree] : [];
  });
};

/** What all code in a page reads and imports; its exports and imports have a meaning in all of it. */
export const codeInTree = (tree: Node): CodeReads => {
  const programs: Part[] = [];
  visit(tree, (node: Node) => void programs.push(...programsOf(node)));
  return unkeyedReads({ type: 'Program', body: programs.flatMap(({ body }) => body) });
};

/** The same of a page's text. */
export const codeInPage = (text: string): CodeReads =>
  codeInTree(createProcessor({ remarkPlugins: markdownSyntax }).parse(withoutFrontmatter(text)));

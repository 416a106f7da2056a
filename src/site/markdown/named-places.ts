import { createProcessor } from '@mdx-js/mdx';
import type { Node } from 'unist';
import { withoutFrontmatter } from '../page-frontmatter.ts';
import { attributeOf, isJsx } from './jsx-node.ts';
import { markdownSyntax } from './markdown-syntax.ts';

/** A place of a paper's text that names something of its results. */
export interface NamedPlace {
  readonly component: string;
  /** What it names: a value, a table, a claim, a figure or a place. */
  readonly id: string;
  readonly line: number;
  readonly column: number;
  /** The claim whose sentence it stands in; null elsewhere. */
  readonly claim: string | null;
}

/** The attribute by which each component names a result. */
const naming: Readonly<Record<string, string>> = {
  Value: 'of',
  ResultTable: 'of',
  Figure: 'of',
  Claim: 'id',
  Word: 'of',
  Ref: 'to',
};

const collect = (node: Node, claim: string | null, found: NamedPlace[]): void => {
  let within = claim;
  if (isJsx(node) && node.name !== null && Object.hasOwn(naming, node.name)) {
    const id = attributeOf(node, naming[node.name] ?? '');
    const { line = 1, column = 1 } = node.position?.start ?? {};
    if (id) found.push({ component: node.name, id, line, column, claim });
    if (node.name === 'Claim' && id) within = id;
  }
  if ('children' in node) for (const child of node.children as Node[]) collect(child, within, found);
};

/**
 * Where a paper's text names values, tables, claims and figures, in the order of the text.
 *
 * @returns none for a text that does not parse: what is explained does not depend on it, and a build tells it
 */
export const namedPlaces = (text: string): readonly NamedPlace[] => {
  const found: NamedPlace[] = [];
  try {
    collect(createProcessor({ remarkPlugins: markdownSyntax }).parse(withoutFrontmatter(text)), null, found);
  } catch {
    return [];
  }
  return found;
};

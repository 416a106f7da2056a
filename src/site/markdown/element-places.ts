import { createProcessor } from '@mdx-js/mdx';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { withoutFrontmatter } from '../page-frontmatter.ts';
import { isJsx } from './jsx-node.ts';
import { markdownSyntax } from './markdown-syntax.ts';

/** An element of HTML, or a component, in a paper's text. */
export interface ElementPlace {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where a paper's text holds elements and components, in the order of the text.
 *
 * @returns none for a text that does not parse
 */
export const elementPlaces = (text: string): readonly ElementPlace[] => {
  const found: ElementPlace[] = [];
  try {
    visit(
      createProcessor({ remarkPlugins: markdownSyntax }).parse(withoutFrontmatter(text)),
      (node: Node) => {
        if (!isJsx(node) || node.name === null) return;
        const { line = 1, column = 1 } = node.position?.start ?? {};
        found.push({ name: node.name, line, column });
      },
    );
  } catch {
    return [];
  }
  return found;
};

import type { Root, Text } from 'mdast';
import type { Node, Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isExpression, withoutComments } from './expression-node.ts';
import { reportFault } from './faults.ts';
import { authorError, isJsx } from './jsx-node.ts';

/** Inside these a digit is quoted, not claimed. */
const exempt = new Set(['Reported', 'Cite', 'Ref', 'Equation']);

const withoutAllowed = (text: string, allowed: readonly string[]): string =>
  // Longest first, so that one name does not break another that holds it; same length keeps columns right.
  allowed
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, ' '.repeat(name.length)), text);

/**
 * A digit in prose is a number that nothing computed: it fails with its place, except in code, maths, quotations
 * of the original, references, and the names that the paper's frontmatter allows. Faults: TypedDigit
 */
export const noTypedDigits = () => (tree: Root, file: VFile) => {
  const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: { allow?: readonly string[] } };
  const allowed = frontmatter?.allow ?? [];
  const check = (text: string, node: Node): void => {
    const match = /\d[\d.,]*/.exec(withoutAllowed(text, allowed));
    if (!match) return;
    const start = node.position?.start;
    const before = text.slice(0, match.index).split('\n');
    const place = start
      ? {
          line: start.line + before.length - 1,
          column: (before.length > 1 ? 1 : start.column) + (before.at(-1)?.length ?? 0),
        }
      : undefined;
    const at = place && node.position ? { ...node, position: { ...node.position, start: place } } : node;
    const fault = authorError(
      'TypedDigit',
      `'${match[0]}' is typed in the prose; a number on the page is computed or quoted.`,
      file,
      at,
      `name it: <Value of="table.column.mean" />, quote it: <Reported>${match[0]}</Reported>, or add the name that holds it to \`allow\` in the frontmatter.`,
    );
    reportFault(file, fault);
  };
  visit(tree, (node: Node, _, parent: Parent | undefined) => {
    if (isJsx(node)) {
      if (exempt.has(node.name ?? '')) return SKIP;
      for (const { name, value } of node.attributes) {
        if ((name === 'alt' || name === 'title') && typeof value === 'string') check(value, node);
      }
    }
    if (node.type === 'text' && parent) check((node as Text).value, node);
    // What stands between braces is printed as well, unless it is a comment.
    if (isExpression(node)) check(` ${withoutComments(node)}`, node);
    return undefined;
  });
};

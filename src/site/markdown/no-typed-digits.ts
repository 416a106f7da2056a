import type { List, Root } from 'mdast';
import type { Node } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isReadAttribute, typedDigit, typedNumber } from '../typed-number.ts';
import { placeOfElement } from '../unread-content.ts';
import { isExpression } from './expression-node.ts';
import { reportFault } from './faults.ts';
import { allowedNames, authorError, isJsx } from './jsx-node.ts';
import { literalsInCode } from './literals-in-code.ts';

/** Inside these a digit is quoted, not claimed. */
const exempt = new Set(['Reported', 'Cite', 'Ref']);

/** Texts besides its children that a node of Markdown shows. */
const shownTexts = (node: Node): readonly string[] =>
  ['alt', 'title'].flatMap((field) => {
    const text: unknown = Object.entries(node).find(([name]) => name === field)?.[1];
    return typeof text === 'string' ? [text] : [];
  });

/**
 * A digit in prose is a number that nothing computed: it fails with its place, except in code, maths, quotations
 * of the original, references, and the names that the paper's frontmatter allows. What code prints is looked at as the
 * page is rendered. Faults: TypedDigit
 */
export const noTypedDigits = () => (tree: Root, file: VFile) => {
  const allowed = allowedNames(file);
  const check = (text: string, node: Node): void => {
    const found = typedNumber(text, allowed);
    if (!found) return;
    const start = node.position?.start;
    const before = text.slice(0, found.index).split('\n');
    const place = start
      ? {
          line: start.line + before.length - 1,
          column: (before.length > 1 ? 1 : start.column) + (before.at(-1)?.length ?? 0),
        }
      : undefined;
    const at = place && node.position ? { ...node, position: { ...node.position, start: place } } : node;
    const { message, hint } = typedDigit(
      found.text,
      'is typed in the prose',
      `name it: <Value of="table.column.mean" />, quote it: <Reported>${found.text}</Reported>`,
    );
    const fault = authorError('TypedDigit', message, file, at, hint);
    reportFault(file, fault);
  };
  const checkCode = (code: unknown): void => {
    for (const { raw, node } of literalsInCode(code)) check(raw, node);
  };
  visit(tree, (node: Node) => {
    if (isJsx(node)) {
      if (exempt.has(node.name ?? '')) return SKIP;
      // These are refused as they are, whatever they hold.
      if (placeOfElement(node.name ?? '') !== undefined) return SKIP;
      for (const { name = '', value } of node.attributes) {
        if (!isReadAttribute(name)) continue;
        if (typeof value === 'string') check(value, { ...node });
        else checkCode(value);
      }
    }
    if (node.type === 'text') check((node as Node & { value: string }).value, node);
    // A list counts its items; where it begins elsewhere than at one, that is typed.
    if (node.type === 'list' && ((node as List).start ?? 1) !== 1) check(String((node as List).start), node);
    for (const text of shownTexts(node)) check(text, { ...node });
    // A text between braces is printed as well.
    if (isExpression(node)) checkCode(node);
    return undefined;
  });
};

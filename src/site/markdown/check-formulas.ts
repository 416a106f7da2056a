import type { Root } from 'mdast';
import type { Math as Formula, InlineMath } from 'mdast-util-math';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { reportFault } from './faults.ts';
import { authorError } from './jsx-node.ts';
import { type NodeSource, sourceOf } from './source-of.ts';

/** What closes each of the marks that may stand around a sign of currency. */
const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '“': '”',
  '‘': '’',
  '"': '"',
  "'": "'",
  '*': '*',
  _: '_',
  '~': '~',
};

/** Two dollar signs that may be of currency, with the words between them. */
const isAmbiguous = ({ text, before, after }: NodeSource): boolean => {
  const inner = text.slice(1, -1);
  return (
    /^\s|\s$|[—–“”]/.test(inner) ||
    /[\p{L}\p{N}]/u.test(before) ||
    /[\p{Lu}\p{N}$]/u.test(after) ||
    (closers[before] !== undefined && inner.startsWith(closers[before]))
  );
};

/** As a formula of its own, on a line or in several: rehype-katex goes by the class. */
const display = (node: InlineMath): void => {
  node.data = {
    ...node.data,
    hProperties: { ...node.data?.hProperties, className: ['language-math', 'math-display'] },
  } as InlineMath['data'];
};

const checkInline = (node: InlineMath, file: VFile): void => {
  const source = sourceOf(node, file);
  if (source.text.startsWith('$$')) {
    display(node);
    return;
  }
  if (!source.text.startsWith('$') || !isAmbiguous(source)) return;
  reportFault(
    file,
    authorError(
      'AmbiguousDollar',
      `'${source.text.replace(/\s+/g, ' ')}' may be a formula, or two signs of currency with words between them.`,
      file,
      node,
      'write signs of currency as \\$; a formula begins and ends at its dollar signs, without spaces, letters or digits at them.',
    ),
  );
};

const checkBlock = (node: Formula, file: VFile): void => {
  const { text } = sourceOf(node, file);
  if (text === '') return;
  if (node.meta !== null && node.meta !== undefined) {
    reportFault(
      file,
      authorError(
        'TextBesideFence',
        `'${node.meta}' stands beside the dollar signs that begin a formula of several lines, where it would not be printed.`,
        file,
        node,
        'put it into the next line; the dollar signs before and after stand in lines of their own.',
      ),
    );
  } else if (!/\n[^\n]*\$\$[ \t]*$/.test(text)) {
    reportFault(
      file,
      authorError(
        'OpenFormula',
        'this formula has no end: all that follows would be a part of it.',
        file,
        node,
        'end it with a line of `$$` alone.',
      ),
    );
  }
};

/**
 * Dollar signs make a formula only where they can mean nothing else, and two of them make one that stands apart.
 * Faults: AmbiguousDollar, TextBesideFence, OpenFormula
 */
export const checkFormulas = () => (tree: Root, file: VFile) => {
  visit(tree, (node) => {
    if (node.type === 'inlineMath') checkInline(node, file);
    if (node.type === 'math') checkBlock(node, file);
  });
};

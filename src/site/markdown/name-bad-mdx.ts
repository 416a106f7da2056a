import type { Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import { overlayError } from './faults.ts';
import { positionOf } from './jsx-node.ts';

/**
 * What to do about a tag that has no twin: MDX takes one that stands in a line of text for a part of that paragraph, and one
 * on a line of its own for a block.
 */
const unclosedHint = (reason: string): string | undefined => {
  const opened = /^Expected a closing tag for `<([^`>]+)>`.* before the end of `paragraph`/.exec(reason)?.[1];
  if (opened !== undefined)
    return `<${opened}> begins in a line of text: put </${opened}> at the end of the same paragraph, not on a line of its own; or put both tags on lines of their own, with the text between them.`;
  const closed = /^Expected the closing tag `<\/([^`>]+)>` either after the end of `paragraph`/.exec(
    reason,
  )?.[1];
  if (closed !== undefined)
    return `</${closed}> ends a line of text, and <${closed}> stands on a line of its own: put </${closed}> on a line of its own, too, or both into the text.`;
  return undefined;
};

/** Where the tag stands that a mistake is about, as its words have it. */
const tagPlace = (reason: string): { readonly line: number; readonly column: number } | undefined => {
  const [, line, column] = /^Expected a closing tag for `[^`]*` \((\d+):(\d+)-/.exec(reason) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
};

/**
 * What does not parse is told as an author's mistake, with its place: BadMdx. No plugin runs on it, so the parser
 * itself is taken in hand.
 */
export const nameBadMdx = (root: string, fail: (file: VFile, fault: PaperError) => void) =>
  function (this: Processor) {
    const { parser } = this;
    if (!parser) throw new Error('internal: there is no parser to take in hand');
    this.parser = (document, file): Root => {
      try {
        return parser(document, file) as Root;
      } catch (error) {
        const { reason, line, column } = error as { reason?: string; line?: number; column?: number };
        if (reason === undefined) throw error;
        const fault = new PaperError('BadMdx', reason, {
          where: {
            ...positionOf(file, { type: 'root' }),
            ...(tagPlace(reason) ?? (line ? { line, column: column ?? 1 } : {})),
          },
          hint:
            unclosedHint(reason) ??
            'a component that is opened must be closed; a brace or a `<` in prose is written as an expression or in code.',
        });
        fail(file, fault);
        throw overlayError(root, fault);
      }
    };
  };

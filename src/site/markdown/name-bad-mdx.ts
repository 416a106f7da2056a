import type { Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import { overlayError } from './faults.ts';
import { positionOf } from './jsx-node.ts';

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
          where: { ...positionOf(file, { type: 'root' }), ...(line ? { line, column: column ?? 1 } : {}) },
          hint: 'a component that is opened must be closed; a brace or a `<` in prose is written as an expression or in code.',
        });
        fail(file, fault);
        throw overlayError(root, fault);
      }
    };
  };

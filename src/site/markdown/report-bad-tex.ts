import type { Root } from 'hast';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import { reportFault } from './faults.ts';
import { positionOf } from './jsx-node.ts';

/** After rehype-katex, which only warns: TeX that does not parse is a mistake. Faults: BadTex */
export const reportBadTex = () => (_: Root, file: VFile) => {
  for (const message of file.messages) {
    if (message.source !== 'rehype-katex') continue;
    const cause = message.cause instanceof Error ? message.cause.message : message.reason;
    const { line, column = 1 } = message;
    reportFault(
      file,
      new PaperError('BadTex', cause.replace(/^KaTeX parse error: /, '').replaceAll('\u0332', ''), {
        where: { ...positionOf(file, { type: 'tex' }), ...(line === undefined ? {} : { line, column }) },
        hint: 'see the functions that KaTeX supports: katex.org/docs/supported.',
      }),
    );
  }
};

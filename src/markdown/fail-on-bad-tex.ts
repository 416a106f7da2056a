import type { Root } from 'hast';
import type { VFile } from 'vfile';
import { PaperError } from '../engine/stage/index.ts';
import { positionOf } from './jsx-node.ts';

/** After rehype-katex, which only warns: TeX that does not parse fails the build. @throws BadTex */
export const failOnBadTex = () => (_: Root, file: VFile) => {
  const message = file.messages.find(({ source }) => source === 'rehype-katex');
  if (!message) return;
  const cause = message.cause instanceof Error ? message.cause.message : message.reason;
  throw new PaperError('BadTex', cause.replace(/^KaTeX parse error: /, '').replaceAll('\u0332', ''), {
    where: positionOf(file, {
      type: 'tex',
      ...(message.line
        ? {
            position: {
              start: { line: message.line, column: message.column ?? 1 },
              end: { line: message.line, column: 1 },
            },
          }
        : {}),
    }),
    hint: 'see the functions that KaTeX supports: katex.org/docs/supported.',
  });
};

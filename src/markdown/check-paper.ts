import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import { VFile } from 'vfile';
import { parse } from 'yaml';
import { drawFigures } from '../charts/draw-figures.ts';
import { PaperError } from '../engine/paper-error.ts';
import type { PaperData } from '../results/paper-data.ts';
import { positionOf } from './jsx-node.ts';
import { markdownPlugins } from './markdown-plugins.ts';

/**
 * Reads a paper as the site will, before the site is built, so that an author's mistake is told with file, line
 * and column.
 *
 * @throws the named error of whichever rule is broken; BadMdx when the text does not parse
 */
export const checkPaper = async (root: string, data: PaperData): Promise<void> => {
  const path = join(root, 'content', data.paper, 'index.mdx');
  const text = readFileSync(path, 'utf8');
  const head = /^---\n([\s\S]*?)\n---\n/.exec(text);
  // Blank lines in place of the frontmatter keep every position right.
  const value = head ? head[0].replace(/[^\n]/g, '') + text.slice(head[0].length) : text;
  const file = new VFile({ path, value, data: { astro: { frontmatter: parse(head?.[1] ?? '') ?? {} } } });
  try {
    await compile(file, markdownPlugins(root));
  } catch (error) {
    if (error instanceof PaperError) throw error;
    const { reason, line, column } = error as { reason?: string; line?: number; column?: number };
    if (reason === undefined) throw error;
    throw new PaperError('BadMdx', reason, {
      where: { ...positionOf(file, { type: 'root' }), ...(line ? { line, column: column ?? 1 } : {}) },
      hint: 'a component that is opened must be closed; a brace or a `<` in prose is written as an expression or in code.',
    });
  }
  await drawFigures(data);
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { parse } from 'yaml';
import { drawFigures } from '../charts/draw-figures.ts';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import { attributeOf, isJsx, positionOf } from './jsx-node.ts';
import { markdownPlugins } from './markdown-plugins.ts';

const findClaims = (found: Map<string, SourcePosition>) => () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (!isJsx(node) || node.name !== 'Claim') return;
    found.set(attributeOf(node, 'id') ?? '', positionOf(file, node));
  });
};

/**
 * Reads a paper as the site will, before the site is built, so that an author's mistake is told with file, line
 * and column.
 *
 * @returns claim id -> where its sentence begins
 * @throws the named error of whichever rule is broken; BadMdx when the text does not parse
 */
export const checkPaper = async (
  root: string,
  data: PaperData,
): Promise<ReadonlyMap<string, SourcePosition>> => {
  const path = join(root, 'content', data.paper, 'index.mdx');
  const text = readFileSync(path, 'utf8');
  const head = /^---\n([\s\S]*?)\n---\n/.exec(text);
  // Blank lines in place of the frontmatter keep every position right.
  const value = head ? head[0].replace(/[^\n]/g, '') + text.slice(head[0].length) : text;
  const file = new VFile({ path, value, data: { astro: { frontmatter: parse(head?.[1] ?? '') ?? {} } } });
  const claims = new Map<string, SourcePosition>();
  try {
    const { remarkPlugins, rehypePlugins } = markdownPlugins(root);
    await compile(file, { remarkPlugins: [...remarkPlugins, findClaims(claims)], rehypePlugins });
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
  return claims;
};

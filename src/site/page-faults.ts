import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import { VFile } from 'vfile';
import { PaperError } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { markdownPlugins } from './markdown/markdown-plugins.ts';
import { type NamedPlace, namedPlaces } from './markdown/named-places.ts';
import { type PageFrontmatter, readFrontmatter, withoutFrontmatter } from './page-frontmatter.ts';
import type { SiteBuild } from './site-build.ts';

/** What one look at a page found. */
export interface PageFaults {
  /** Every mistake, in the order of the text. */
  readonly faults: readonly PaperError[];
  /** Where it names results. */
  readonly places: readonly NamedPlace[];
}

/**
 * Compiles a page by the plugins that a build compiles it by, and keeps all mistakes instead of the first one. Nothing
 * is rendered.
 *
 * @param build holds the paper's results, as far as they are known
 */
export const findPageFaults = async (root: string, build: SiteBuild, paper: string): Promise<PageFaults> => {
  const name = join('content', paper, 'index.mdx');
  let text: string;
  let frontmatter: PageFrontmatter;
  try {
    text = readAuthorText(join(root, name), name);
    frontmatter = readFrontmatter(text, name);
  } catch (error) {
    if (error instanceof PaperError) return { faults: [error], places: [] };
    throw error;
  }
  const places = namedPlaces(text);
  const file = new VFile({
    path: join(root, name),
    value: withoutFrontmatter(text),
    data: { astro: { frontmatter } },
  });
  build.faults.delete(paper);
  const { remarkPlugins, rehypePlugins } = markdownPlugins(root, build);
  try {
    await compile(file, { remarkPlugins, rehypePlugins, jsx: true });
    return { faults: [], places };
  } catch (error) {
    const first = build.faults.get(paper);
    // What is no author's mistake is ours.
    if (!first) throw error;
    const found = file.data.faults ?? [first];
    const at = ({ where }: PaperError): number => (where?.line ?? 0) * 1e6 + (where?.column ?? 0);
    return { faults: found.toSorted((a, b) => at(a) - at(b)), places };
  }
};

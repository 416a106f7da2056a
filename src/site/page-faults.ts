import { join } from 'node:path';
import { rehypeHeadingIds } from '@astrojs/markdown-remark';
import { compile } from '@mdx-js/mdx';
import { VFile } from 'vfile';
import { formatError, PaperError, sha256 } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { checkFrontmatter } from './check-frontmatter.ts';
import { markdownPlugins } from './markdown/markdown-plugins.ts';
import { namedPlaces } from './markdown/named-places.ts';
import { outlinePage, type TextOutline } from './markdown/page-outline.ts';
import { pageFile, pageNameFaults, pagesOfPaper } from './page-files.ts';
import { withoutFrontmatter } from './page-frontmatter.ts';
import { mainPage, pagePath } from './page-path.ts';
import type { PaperPlace } from './paper-places.ts';
import type { PageLink, SiteBuild } from './site-build.ts';

/** What a page without a mistake says of how it renders, and where it leads. */
export interface PageOutline extends TextOutline {
  /** Its address below the base: ends with a slash. */
  readonly path: string;
  readonly links: readonly PageLink[];
}

/** What one look at a page found. */
export interface PageFaults {
  /** Every mistake, in the order of the text. */
  readonly faults: readonly PaperError[];
  /** Where it names results. */
  readonly places: readonly PaperPlace[];
  /** By file, in the order of the pages: those without a mistake. */
  readonly outlines: Readonly<Record<string, PageOutline>>;
}

/**
 * Compiles a page by the plugins that a build compiles it by, and keeps all mistakes instead of the first one. Nothing
 * is rendered.
 *
 * @param build holds the paper's results, as far as they are known
 */
const faultsOfPage = async (
  root: string,
  build: SiteBuild,
  paper: string,
  page: string,
): Promise<PageFaults> => {
  const name = pageFile(paper, page);
  let text: string;
  let frontmatter: object;
  try {
    text = readAuthorText(join(root, name), name);
    frontmatter = checkFrontmatter(root, paper, page, text) ?? {};
  } catch (error) {
    if (error instanceof PaperError) return { faults: [error], places: [], outlines: {} };
    throw error;
  }
  const places = namedPlaces(text).map((place) => ({ ...place, file: name }));
  const file = new VFile({
    path: join(root, name),
    value: withoutFrontmatter(text),
    data: { astro: { frontmatter } },
  });
  build.faults.delete(name);
  const { remarkPlugins, rehypePlugins } = markdownPlugins(root, build);
  // As its author wrote it: compiling adds what the text says.
  const head = JSON.stringify(frontmatter);
  try {
    await compile(file, {
      remarkPlugins,
      rehypePlugins: [...rehypePlugins, rehypeHeadingIds, outlinePage],
      jsx: true,
    });
    const { shape = '', anchors = [] } = file.data.outline ?? {};
    const outline = {
      shape: sha256(head + shape),
      anchors,
      path: `${paper}/${pagePath(page)}`,
      links: build.pages.get(name)?.links ?? [],
    };
    return { faults: [], places, outlines: { [name]: outline } };
  } catch (error) {
    const first = build.faults.get(name);
    // What is no author's mistake is ours.
    if (!first) throw error;
    const found = file.data.faults ?? [first];
    const at = ({ where }: PaperError): number => (where?.line ?? 0) * 1e6 + (where?.column ?? 0);
    return { faults: found.toSorted((a, b) => at(a) - at(b)), places, outlines: {} };
  }
};

/** What stands on no line of a page: each page tells it, and once is enough. */
const withoutRepeats = (faults: readonly PaperError[]): readonly PaperError[] => {
  const told = new Set<string>();
  return faults.filter((fault) => {
    const text = formatError(fault);
    if (told.has(text)) return false;
    told.add(text);
    return true;
  });
};

/**
 * Looks at every page of a paper.
 *
 * @param build holds the paper's results, as far as they are known
 */
export const findPageFaults = async (root: string, build: SiteBuild, paper: string): Promise<PageFaults> => {
  let pages: readonly string[];
  let names: readonly PaperError[];
  try {
    names = pageNameFaults(root, paper);
    pages = pagesOfPaper(root, paper);
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    // One of its files is no text: the paper's own page is looked at all the same.
    names = [error];
    pages = [mainPage];
  }
  const found: PageFaults[] = [{ faults: names, places: [], outlines: {} }];
  for (const page of pages) found.push(await faultsOfPage(root, build, paper, page));
  return {
    faults: withoutRepeats(found.flatMap(({ faults }) => faults)),
    places: found.flatMap(({ places }) => places),
    outlines: Object.assign({}, ...found.map(({ outlines }) => outlines)),
  };
};

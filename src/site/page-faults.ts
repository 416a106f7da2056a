import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rehypeHeadingIds } from '@astrojs/markdown-remark';
import { compile } from '@mdx-js/mdx';
import { VFile } from 'vfile';
import { formatError, PaperError, sha256 } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { allowedBy, checkFrontmatter } from './check-frontmatter.ts';
import { readBibliography } from './citations/read-bibliography.ts';
import { markdownPlugins } from './markdown/markdown-plugins.ts';
import { namedPlaces } from './markdown/named-places.ts';
import { outlinePage, type TextOutline } from './markdown/page-outline.ts';
import { pageFile, pageNameFaults, pagesOfPaper } from './page-files.ts';
import { hasFrontmatter, withoutFrontmatter } from './page-frontmatter.ts';
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
  /** Files of pages that do not parse: what they show is not known. */
  readonly unread: readonly string[];
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
  const without = (error: unknown): PageFaults => {
    if (error instanceof PaperError) return { faults: [error], places: [], outlines: {}, unread: [name] };
    throw error;
  };
  let text: string;
  try {
    text = readAuthorText(join(root, name), name);
  } catch (error) {
    return without(error);
  }
  let frontmatter: object;
  let head: PageFaults | undefined;
  try {
    frontmatter = checkFrontmatter(root, paper, page, text) ?? {};
  } catch (error) {
    head = without(error);
    // What stands below it is looked at all the same, where it is told where that begins.
    if (!hasFrontmatter(text)) return head;
    frontmatter = {};
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
  const written = JSON.stringify(frontmatter);
  try {
    await compile(file, {
      remarkPlugins,
      rehypePlugins: [...rehypePlugins, rehypeHeadingIds, outlinePage],
      jsx: true,
    });
    const { shape = '', anchors = [] } = file.data.outline ?? {};
    const outline = {
      shape: sha256(written + shape),
      anchors,
      path: `${paper}/${pagePath(page)}`,
      links: build.pages.get(name)?.links ?? [],
    };
    return head ?? { faults: [], places, outlines: { [name]: outline }, unread: [] };
  } catch (error) {
    const first = build.faults.get(name);
    // What is no author's mistake is ours.
    if (!first) throw error;
    const found = file.data.faults ?? [first];
    const at = ({ where }: PaperError): number => (where?.line ?? 0) * 1e6 + (where?.column ?? 0);
    // Which names with digits may stand in a text, its frontmatter says.
    const told = head ? found.filter((fault) => fault.name !== 'TypedDigit') : found;
    const faults = [...(head?.faults ?? []), ...told.toSorted((a, b) => at(a) - at(b))];
    const isUnread = head !== undefined || found.some((fault) => fault.name === 'BadMdx');
    return { faults, places, outlines: {}, unread: isUnread ? [name] : [] };
  }
};

const nothing: PageFaults = { faults: [], places: [], outlines: {}, unread: [] };

/** What is wrong with a paper's references, whoever cites them. */
const bibliographyFaults = (root: string, paper: string): readonly PaperError[] => {
  const file = join('content', paper, 'references.bib');
  if (!existsSync(join(root, file))) return [];
  try {
    readBibliography(join(root, file), file);
    return [];
  } catch (error) {
    if (error instanceof PaperError) return [error];
    throw error;
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
  const found: PageFaults[] = [{ ...nothing, faults: names }];
  // Names with digits that the paper allows may stand on each of its pages.
  const knowsAllowed = allowedBy(root, paper) !== undefined;
  for (const page of pages) {
    const { faults, ...rest } = await faultsOfPage(root, build, paper, page);
    const isSure = ({ name }: PaperError): boolean =>
      knowsAllowed || page === mainPage || name !== 'TypedDigit';
    found.push({ ...rest, faults: faults.filter(isSure) });
  }
  const unread = found.flatMap((one) => one.unread);
  // What cites could not be asked: the file itself can.
  if (unread.length > 0) found.push({ ...nothing, faults: bibliographyFaults(root, paper) });
  return {
    faults: withoutRepeats(found.flatMap(({ faults }) => faults)),
    places: found.flatMap(({ places }) => places),
    outlines: Object.assign({}, ...found.map(({ outlines }) => outlines)),
    unread,
  };
};

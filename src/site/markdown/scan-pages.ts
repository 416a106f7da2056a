/** What the pages of a paper hold, read from their texts: any of them may refer to what stands on another. */
import { join } from 'node:path';
import { createProcessor } from '@mdx-js/mdx';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { SourcePosition } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { readAuthorText } from '../author-text.ts';
import type { CitationRequest } from '../citations/format-citations.ts';
import { pageFile, pagesOfPaper } from '../page-files.ts';
import { titleIn, withoutFrontmatter } from '../page-frontmatter.ts';
import { mainPage } from '../page-path.ts';
import { requestsIn } from './citation-requests.ts';
import { attributeOf, isJsx, pageOf, paperOf, positionOf } from './jsx-node.ts';
import { markdownSyntax } from './markdown-syntax.ts';
import { type Place, placesIn } from './page-places.ts';
import { printWords } from './print-words.ts';

/** What one page holds. */
export interface ScannedPage {
  readonly name: string;
  readonly title: string;
  readonly places: readonly Place[];
  /** `Claim some-id` -> where it stands. */
  readonly shown: ReadonlyMap<string, SourcePosition>;
  /** What it cites, in the order in which a build prints it. */
  readonly requests: readonly CitationRequest[];
  readonly hasBibliography: boolean;
  /** Names of the terms that it defines, and of those that it names. */
  readonly defined: ReadonlySet<string>;
  readonly terms: ReadonlySet<string>;
}

/** A page among those of its paper. */
export interface PagePosition {
  readonly pages: readonly ScannedPage[];
  /** Which of them it is; -1 for a part that pages import. */
  readonly at: number;
  /** The way from its address to that of the paper. */
  readonly home: '' | '../';
  /** Whether every other page could be read. */
  readonly isWhole: boolean;
}

/** By which attribute a component names what the pages of a paper show once. */
const shownOnce: Readonly<Record<string, string>> = { Claim: 'id', ResultTable: 'of', Figure: 'of' };

const scan = (path: string, name: string, text: string, data: PaperData | undefined): ScannedPage => {
  const value = withoutFrontmatter(text);
  const file = new VFile({ path, value });
  const tree = createProcessor({ remarkPlugins: markdownSyntax }).parse(file) as Root;
  // A word that depends on a result may be one of a title.
  if (data) printWords(() => data)()(tree, file);
  const shown = new Map<string, SourcePosition>();
  const [defined, terms] = [new Set<string>(), new Set<string>()];
  let hasBibliography = false;
  visit(tree, (node: Node) => {
    if (!isJsx(node)) return;
    if (node.name === 'Bibliography') hasBibliography = true;
    if (node.name === 'Definition') defined.add(attributeOf(node, 'of') ?? '');
    if (node.name === 'Term') terms.add(attributeOf(node, 'of') ?? '');
    const attribute = shownOnce[node.name ?? ''];
    const id = attribute === undefined ? undefined : attributeOf(node, attribute);
    if (id) shown.set(`${node.name} ${id}`, positionOf(file, node));
  });
  return {
    name,
    title: titleIn(text),
    places: placesIn(tree, file, {}),
    shown,
    requests: requestsIn(tree, data),
    hasBibliography,
    defined,
    terms,
  };
};

interface Kept {
  readonly text: string;
  readonly scanned: ScannedPage | undefined;
}

/** By results, then by path: each page is compiled on its own, and asks for all others. */
const kept = new WeakMap<object, Map<string, Kept>>();
const nothing = {};

/** @returns undefined for a page that cannot be read, which its own compilation tells */
const scanPage = (
  root: string,
  paper: string,
  name: string,
  data: PaperData | undefined,
): ScannedPage | undefined => {
  const path = join(root, pageFile(paper, name));
  const known = kept.get(data ?? nothing) ?? new Map<string, Kept>();
  kept.set(data ?? nothing, known);
  let text: string;
  try {
    text = readAuthorText(path, pageFile(paper, name));
  } catch {
    return undefined;
  }
  const before = known.get(path);
  if (before?.text === text) return before.scanned;
  let scanned: ScannedPage | undefined;
  try {
    scanned = scan(path, name, text, data);
  } catch {
    // A text that does not parse.
  }
  known.set(path, { text, scanned });
  return scanned;
};

/** A page with all others of its paper, as their texts are now. */
export const pagePosition = (root: string, file: VFile, data: PaperData | undefined): PagePosition => {
  const [paper, page] = [paperOf(file), pageOf(file)];
  const alone: PagePosition = { pages: [], at: -1, home: '', isWhole: true };
  let names: readonly string[];
  try {
    names = pagesOfPaper(root, paper);
  } catch {
    return { ...alone, isWhole: false };
  }
  if (!names.includes(page)) return alone;
  const pages = names.flatMap((name) => scanPage(root, paper, name, data) ?? []);
  return {
    pages,
    at: pages.findIndex(({ name }) => name === page),
    home: page === mainPage ? '' : '../',
    isWhole: names.every((name) => name === page || pages.some((scanned) => scanned.name === name)),
  };
};

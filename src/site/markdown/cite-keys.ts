import type { Root, RootContent } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint, type PaperError } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import type {
  BibliographyEntry,
  CitationRequest,
  FormattedCitations,
} from '../citations/format-citations.ts';
import type { Bibliography } from '../citations/read-bibliography.ts';
import { mainPage, pagePath } from '../page-path.ts';
import { citesIn, requestOf } from './citation-requests.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';
import type { PagePosition, ScannedPage } from './scan-pages.ts';

/** A paper's references, and what its style makes of them. */
export interface CitationSource {
  readonly bibliography: Bibliography;
  /** @throws UnknownCitationStyle, BadCitationStyle */
  readonly format: (requests: readonly CitationRequest[]) => FormattedCitations;
}

const known = ['of', 'narrative', 'prefix', 'locator', 'suffix'];

const faultOf = (node: JsxNode, file: VFile, bibliography: Bibliography): PaperError | undefined => {
  const { keys, isNarrative } = requestOf(node);
  const stray = node.attributes.find(
    ({ name = '', value }) => !known.includes(name) || (value !== null && typeof value === 'object'),
  );
  if (stray) {
    const name = stray.name ?? '{…}';
    return authorError(
      'BadCitation',
      `<Cite> takes no ${known.includes(name) ? `code for '${name}'` : `attribute '${name}'`}.`,
      file,
      node,
      known.includes(name)
        ? `write it as a text: ${name}="…".`
        : `${nearestHint(name, known)} Its form is <Cite of="key, other" prefix="see" locator="p. 3" suffix="…" narrative />.`,
    );
  }
  if (keys.length === 0 || keys.some((key) => !bibliography.has(key))) {
    const key = keys.find((one) => !bibliography.has(one)) ?? '';
    return authorError(
      'UnknownCitation',
      `references.bib holds no entry '${key}'.`,
      file,
      node,
      bibliography.size === 0
        ? 'write the entry into references.bib beside the page.'
        : nearestHint(key, [...bibliography.keys()]),
    );
  }
  return isNarrative && keys.length > 1
    ? authorError(
        'BadCitation',
        `a narrative citation names one work; this one names ${keys.join(', ')}.`,
        file,
        node,
        `write one for each: ${keys.map((key) => `<Cite of="${key}" narrative />`).join(' and ')}.`,
      )
    : undefined;
};

const listsIn = (tree: Node): readonly JsxNode[] => {
  const lists: JsxNode[] = [];
  visit(tree, (node: Node) => {
    if (isJsx(node) && node.name === 'Bibliography') lists.push(node);
  });
  return lists;
};

/** A request that no compilation refuses. */
const isSound = ({ keys, isNarrative }: CitationRequest, bibliography: Bibliography): boolean =>
  keys.length > 0 && keys.every((key) => bibliography.has(key)) && !(isNarrative && keys.length > 1);

/** The page whose list serves those without one of their own: the paper's own page before all others. */
const sharedList = (pages: readonly ScannedPage[]): ScannedPage | undefined =>
  pages.find(({ hasBibliography }) => hasBibliography);

/** What the other pages cite that share a page's list: before it, and after it. */
const requestsBeside = (
  { pages, at }: PagePosition,
  bibliography: Bibliography,
): readonly [before: readonly CitationRequest[], after: readonly CitationRequest[]] => {
  const shared = sharedList(pages);
  const shares = (page: ScannedPage): boolean => !page.hasBibliography || page === shared;
  const own = pages[at];
  if (!own || !shares(own)) return [[], []];
  const of = (beside: readonly ScannedPage[]): readonly CitationRequest[] =>
    beside
      .filter(shares)
      .flatMap(({ requests }) => requests.filter((request) => isSound(request, bibliography)));
  return [of(pages.slice(0, at)), of(pages.slice(at + 1))];
};

/** The way from a page without a list to that of the page whose list it shares. */
const wayToList = ({ pages, home }: PagePosition): string =>
  `${home}${pagePath(sharedList(pages)?.name ?? mainPage)}`;

/** Paper follows no link: a page without a list ends there with the works that it cites. */
const printedList = (entries: readonly BibliographyEntry[]): JsxNode => {
  const node: JsxNode = { type: 'mdxJsxFlowElement', name: 'Bibliography', attributes: [], children: [] };
  setAttribute(node, 'entries', JSON.stringify(entries));
  setAttribute(node, 'media', 'print');
  return node;
};

/**
 * Gives a `<Bibliography />` its entries, and every `<Cite of="key" />` its text and its places in the bibliography, by the
 * paper's citation style. Pages without a list of their own share that of the first page that has one, and print theirs.
 * Faults: UnknownCitation, BadCitation, EmptyCitation, UnknownCitationStyle, BadCitationStyle
 */
export const citeKeys =
  (
    sourceOf: (file: VFile) => CitationSource,
    dataOf: (file: VFile) => PaperData | undefined,
    positionOf: (file: VFile) => PagePosition,
  ) =>
  () =>
  (tree: Root, file: VFile) => {
    const source = reporting(file, () => sourceOf(file));
    if (!source) return;
    const nodes = citesIn(tree, dataOf(file)).filter((node) => {
      const fault = faultOf(node, file, source.bibliography);
      if (fault) reportFault(file, fault);
      return !fault;
    });
    const lists = listsIn(tree);
    if (nodes.length === 0 && lists.length === 0) return;
    const position = positionOf(file);
    const [before, after] = requestsBeside(position, source.bibliography);
    const formatted = reporting(file, () => source.format([...before, ...nodes.map(requestOf), ...after]));
    if (!formatted) return;
    const list = lists.length > 0 ? '' : wayToList(position);
    nodes.forEach((node, at) => {
      const { html, text } = formatted.citations[before.length + at]!;
      if (!/[\p{L}\p{N}]/u.test(text)) {
        reportFault(
          file,
          authorError(
            'EmptyCitation',
            `the citation style prints nothing for '${attributeOf(node, 'of')}'.`,
            file,
            node,
            'give its entry an author, an editor, a title or a year.',
          ),
        );
      }
      setAttribute(node, 'html', html.replaceAll('href="#ref-', `href="${list}#ref-`));
      setAttribute(node, 'text', text);
      setAttribute(node, 'list', list);
    });
    for (const list of lists) setAttribute(list, 'entries', JSON.stringify(formatted.entries));
    if (lists.length > 0 || position.at === -1) return;
    const cited = new Set(nodes.flatMap((node) => requestOf(node).keys));
    tree.children.push(
      printedList(formatted.entries.filter(({ key }) => cited.has(key))) as Node as RootContent,
    );
  };

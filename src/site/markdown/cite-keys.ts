import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint, type PaperError } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import type { CitationRequest, FormattedCitations } from '../citations/format-citations.ts';
import type { Bibliography } from '../citations/read-bibliography.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';
import { isSentence, partsOf, sentenceFor } from './verdict-sentences.ts';

/** A paper's references, and what its style makes of them. */
export interface CitationSource {
  readonly bibliography: Bibliography;
  /** @throws UnknownCitationStyle, BadCitationStyle */
  readonly format: (requests: readonly CitationRequest[]) => FormattedCitations;
}

/** Keys hold neither commas nor spaces. */
export const citedKeys = (of: string): readonly string[] => of.split(/[\s,;]+/).filter((key) => key !== '');

const known = ['of', 'narrative', 'prefix', 'locator', 'suffix'];

const requestOf = (node: JsxNode): CitationRequest => ({
  keys: citedKeys(attributeOf(node, 'of') ?? ''),
  isNarrative: attributeOf(node, 'narrative') !== undefined,
  prefix: attributeOf(node, 'prefix') ?? '',
  locator: attributeOf(node, 'locator') ?? '',
  suffix: attributeOf(node, 'suffix') ?? '',
});

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

/** All citations: first those that this build prints, in the order of the text, then those of other sentences. */
const citesIn = (tree: Node, data: PaperData | undefined): readonly JsxNode[] => {
  const [printed, others]: [JsxNode[], JsxNode[]] = [[], []];
  const silent = new Set<Node>();
  visit(tree, (node: Node) => {
    if (!isJsx(node)) return;
    if (node.name === 'Claim') {
      const verdict = data?.claims[attributeOf(node, 'id') ?? '']?.verdict;
      const said = verdict && sentenceFor(node, verdict);
      for (const part of partsOf(node)) {
        if (!said || !isSentence(part) || part === said) continue;
        visit(part, (inner: Node) => void silent.add(inner));
      }
    }
    if (node.name === 'Cite') (silent.has(node) ? others : printed).push(node);
  });
  return [...printed, ...others];
};

const listsIn = (tree: Node): readonly JsxNode[] => {
  const lists: JsxNode[] = [];
  visit(tree, (node: Node) => {
    if (isJsx(node) && node.name === 'Bibliography') lists.push(node);
  });
  return lists;
};

/**
 * Gives a `<Bibliography />` its entries, and every `<Cite of="key" />` its text and its places in the bibliography, by the
 * paper's citation style. Faults: UnknownCitation, BadCitation, EmptyCitation, UnknownCitationStyle, BadCitationStyle
 */
export const citeKeys =
  (sourceOf: (file: VFile) => CitationSource, dataOf: (file: VFile) => PaperData | undefined) =>
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
    const formatted = reporting(file, () => source.format(nodes.map(requestOf)));
    if (!formatted) return;
    nodes.forEach((node, at) => {
      const { html, text } = formatted.citations[at]!;
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
      setAttribute(node, 'html', html);
      setAttribute(node, 'text', text);
    });
    for (const list of lists) setAttribute(list, 'entries', JSON.stringify(formatted.entries));
  };

import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { PaperData } from '../../results/paper-data.ts';
import type { CitationRequest } from '../citations/format-citations.ts';
import { attributeOf, isJsx, type JsxNode } from './jsx-node.ts';
import { isSentence, partsOf, sentenceFor } from './verdict-sentences.ts';

/** Keys hold neither commas nor spaces. */
export const citedKeys = (of: string): readonly string[] => of.split(/[\s,;]+/).filter((key) => key !== '');

export const requestOf = (node: JsxNode): CitationRequest => ({
  keys: citedKeys(attributeOf(node, 'of') ?? ''),
  isNarrative: attributeOf(node, 'narrative') !== undefined,
  prefix: attributeOf(node, 'prefix') ?? '',
  locator: attributeOf(node, 'locator') ?? '',
  suffix: attributeOf(node, 'suffix') ?? '',
});

/** All citations: first those that this build prints, in the order of the text, then those of other sentences. */
export const citesIn = (tree: Node, data: PaperData | undefined): readonly JsxNode[] => {
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

/** What a text asks its citation style for. */
export const requestsIn = (tree: Node, data: PaperData | undefined): readonly CitationRequest[] =>
  citesIn(tree, data).map(requestOf);

import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import type { PageFrontmatter } from '../page-frontmatter.ts';
import type { ClaimSentence, CompiledPage, PageLink } from '../site-build.ts';
import { citedKeys } from './citation-requests.ts';
import { attributeOf, isJsx, positionOf } from './jsx-node.ts';
import { sentenceText } from './sentence-text.ts';
import { sentenceFor } from './verdict-sentences.ts';

const outside = /^([a-z][a-z0-9+.-]*:|\/\/)/i;

/** Where a node leads to. */
const hrefsOf = (node: Node): readonly string[] => {
  if ((node.type === 'link' || node.type === 'definition') && 'url' in node) return [String(node.url)];
  if (!isJsx(node)) return [];
  switch (node.name) {
    case 'a':
    case 'Ref':
    case 'Term':
      return [attributeOf(node, 'href') ?? []].flat();
    case 'Cite':
      return citedKeys(attributeOf(node, 'of') ?? '').map(
        (key) => `${attributeOf(node, 'list') ?? ''}#ref-${key}`,
      );
    default:
      return [];
  }
};

/** Once references and citations have their text: notes each claim's sentence as it will be printed, and each link. */
export const recordPage =
  (dataOf: (file: VFile) => PaperData, record: (file: VFile, page: CompiledPage) => void) =>
  () =>
  (tree: Root, file: VFile) => {
    // What has a mistake is not printed.
    if (file.data.faults) return;
    const data = dataOf(file);
    const sentences = new Map<string, ClaimSentence>();
    const links: PageLink[] = [];
    const figureAlts: Record<string, string> = {};
    visit(tree, (node: Node) => {
      for (const href of hrefsOf(node)) {
        if (!outside.test(href)) links.push({ href, where: positionOf(file, node) });
      }
      if (isJsx(node) && node.name === 'Figure')
        figureAlts[attributeOf(node, 'of') ?? ''] = attributeOf(node, 'alt') ?? '';
      const id = isJsx(node) && node.name === 'Claim' ? attributeOf(node, 'id') : undefined;
      const claim = id === undefined ? undefined : ownOf(data.claims, id);
      if (!isJsx(node) || id === undefined || !claim) return;
      const text = sentenceText(sentenceFor(node, claim.verdict) ?? node, data);
      sentences.set(id, { text, where: positionOf(file, node) });
    });
    // Pages beside this one print its sentences: they reach them with what stands at its head.
    const { frontmatter } = file.data['astro'] as {
      frontmatter: PageFrontmatter & {
        sentences?: Record<string, string>;
        figureAlts?: Record<string, string>;
      };
    };
    frontmatter.sentences = Object.fromEntries([...sentences].map(([id, { text }]) => [id, text]));
    frontmatter.figureAlts = figureAlts;
    record(file, { frontmatter, sentences, links });
  };

import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import type { PaperData } from '../../results/paper-data.ts';
import type { PageFrontmatter } from '../page-frontmatter.ts';
import type { BoundShare, ValueUse } from '../value-uses.ts';
import { attributeOf, type JsxNode, setAttribute } from './jsx-node.ts';
import { type PrintedSentence, printedSentences } from './printed-sentences.ts';

const total = (sentences: readonly PrintedSentence[], count: (of: PrintedSentence) => number): number =>
  sentences.reduce((sum, sentence) => sum + count(sentence), 0);

const shareOf = (sentences: readonly PrintedSentence[]): BoundShare => {
  const prose = sentences.filter(({ isProse }) => isProse);
  const claimed = prose.filter(({ claims }) => claims.length > 0).length;
  return {
    computed: total(prose, ({ numbers }) => numbers),
    quoted: total(prose, ({ quoted }) => quoted),
    named: total(prose, ({ named }) => named),
    claimed,
    printing: prose.filter(({ claims, values, words }) => claims.length === 0 && values.length + words > 0)
      .length,
    sentences: prose.length,
  };
};

/**
 * Notes which sentences print which values, and how much of a page's prose results decide. A value outside of any claim
 * gets an anchor of its own, which the places that tell of it lead to.
 */
export const recordUses = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  // What has a mistake is not printed.
  if (file.data.faults) return;
  const sentences = printedSentences(tree, dataOf(file));
  const seen = new Map<string, number>();
  const anchored = (node: JsxNode): string => {
    const of = attributeOf(node, 'of') ?? '';
    const times = (seen.get(of) ?? 0) + 1;
    seen.set(of, times);
    const at = times === 1 ? `in-${of}` : `in-${of}-${times}`;
    setAttribute(node, 'at', at);
    return at;
  };
  const uses = sentences.flatMap(({ text, claims, values }): readonly ValueUse[] => {
    const [claim] = claims;
    const anchors = claim === undefined ? values.map(anchored) : [];
    return values.map((node, at) => ({
      of: attributeOf(node, 'of') ?? '',
      text,
      at: claim === undefined ? anchors[at]! : `claim-${claim}`,
    }));
  });
  const { frontmatter } = file.data['astro'] as {
    frontmatter: PageFrontmatter & { uses?: readonly ValueUse[]; bound?: BoundShare };
  };
  frontmatter.uses = uses;
  frontmatter.bound = shareOf(sentences);
};

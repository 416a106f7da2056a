import type { Root } from 'hast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { PaperData } from '../../results/paper-data.ts';
import { attributeOf, isJsx } from './jsx-node.ts';
import { sentenceFor } from './verdict-sentences.ts';

/** Of a claim's sentences the one of its verdict stays, once all of them were checked. */
export const printVerdictSentence =
  (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
    visit(tree, (node: Node) => {
      if (!isJsx(node) || node.name !== 'Claim') return;
      const verdict = dataOf(file).claims[attributeOf(node, 'id') ?? '']?.verdict;
      const sentence = verdict && sentenceFor(node, verdict);
      if (!sentence) return;
      node.children = sentence.children;
    });
  };

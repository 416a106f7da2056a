import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx } from './jsx-node.ts';

/**
 * `<Word of="a-claim" holds="wider" fails="narrower" undecided="as wide" />`: a word that depends on a result is bound to
 * it as a number is. Faults: MissingWord
 */
export const printWords = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  const data = reporting(file, () => dataOf(file));
  if (!data) return;
  visit(tree, (node: Node, index: number | undefined, parent: Parent | undefined) => {
    if (!isJsx(node) || node.name !== 'Word' || !parent || index === undefined) return;
    const id = attributeOf(node, 'of') ?? '';
    const claim = ownOf(data.claims, id);
    if (!claim) return;
    const word = attributeOf(node, claim.verdict);
    if (word === undefined) {
      reportFault(
        file,
        authorError(
          'MissingWord',
          `claim '${id}' is '${claim.verdict}', and no word stands for that.`,
          file,
          node,
          `add to it: ${claim.verdict}="what is true instead".`,
        ),
      );
      return;
    }
    parent.children[index] = {
      type: 'mdxJsxTextElement',
      name: 'span',
      attributes: [{ type: 'mdxJsxAttribute', name: 'data-word', value: id }],
      children: [{ type: 'text', value: word }],
      position: node.position,
    } as Node;
  });
};

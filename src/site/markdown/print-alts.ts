import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { PaperData } from '../../results/paper-data.ts';
import { reportFault } from './faults.ts';
import { authorError, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';
import { sentenceText } from './sentence-text.ts';

const isAlt = (node: Node): node is JsxNode => isJsx(node) && node.name === 'Alt';

/** The alternative text that stands in a figure, wherever it is among the lines of its caption. */
export const altOf = (node: Node): JsxNode | undefined =>
  'children' in node
    ? (node.children as Node[])
        .map((child) => (isAlt(child) ? child : child.type === 'paragraph' ? altOf(child) : undefined))
        .find((found) => found !== undefined)
    : undefined;

const remove = (node: Node, alt: Node): void => {
  if (!('children' in node)) return;
  const parent = node as Parent;
  parent.children = parent.children.filter((child) => child !== alt);
  for (const child of parent.children) remove(child, alt);
  parent.children = parent.children.filter(
    (child) => child.type !== 'paragraph' || (child as Parent).children.length > 0,
  );
};

/**
 * `<Figure of="…"><Alt>…</Alt>A caption.</Figure>`: an alternative text that names results prints them as a sentence does.
 * Faults: MisplacedAlt
 */
export const printAlts = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  const placed = new Set<Node>();
  visit(tree, (node: Node) => {
    const alt = isJsx(node) && node.name === 'Figure' ? altOf(node) : undefined;
    if (alt) placed.add(alt);
  });
  visit(tree, (node: Node) => {
    if (!isAlt(node) || placed.has(node)) return;
    const hint =
      'let it stand between the tags of its figure, once: <Figure of="…"><Alt>…</Alt>A caption.</Figure>.';
    reportFault(
      file,
      authorError('MisplacedAlt', '<Alt> is the alternative text of no figure here.', file, node, hint),
    );
  });
  // What has a mistake is not printed.
  if (file.data.faults) return;
  visit(tree, (node: Node) => {
    const alt = isJsx(node) && node.name === 'Figure' ? altOf(node) : undefined;
    if (!alt) return;
    setAttribute(node as JsxNode, 'alt', sentenceText(alt, dataOf(file)));
    remove(node, alt);
  });
};

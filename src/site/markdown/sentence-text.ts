import type { Node } from 'unist';
import { formatNamed } from '../../results/format-value.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { numberParts, reportedText, shownValue } from '../printed-numbers.ts';
import { isExpression, literalText } from './expression-node.ts';
import { attributeOf, isJsx, type JsxNode } from './jsx-node.ts';
import { sentenceFor } from './verdict-sentences.ts';

/** Text as the page prints it, and what it stands in, outermost first. */
export interface PrintedPiece {
  readonly text: string;
  readonly within: readonly Node[];
}

/** Of what is printed by a component, its text; undefined where its children are. */
const ownText = (node: JsxNode, data: PaperData): string | undefined => {
  const of = attributeOf(node, 'of');
  switch (node.name) {
    case 'Value':
      return numberParts(formatNamed(shownValue(data, of ?? '').named)).join('');
    case 'Reported':
      return of === undefined ? undefined : reportedText(data, of, attributeOf(node, 'as'));
    case 'Cite':
    case 'Ref':
      return attributeOf(node, 'text') ?? '';
    default:
      return undefined;
  }
};

/** Of a claim, the sentence of its verdict alone. */
const printedNode = (node: JsxNode, { claims }: PaperData): JsxNode => {
  const claim = node.name === 'Claim' ? ownOf(claims, attributeOf(node, 'id') ?? '') : undefined;
  return (claim && sentenceFor(node, claim.verdict)) ?? node;
};

const childPieces = (node: Node, data: PaperData, within: readonly Node[]): readonly PrintedPiece[] =>
  'children' in node ? (node.children as Node[]).flatMap((child) => piecesOf(child, data, within)) : [];

const piecesOf = (node: Node, data: PaperData, outside: readonly Node[]): readonly PrintedPiece[] => {
  const within = [...outside, node];
  const piece = (text: string): readonly PrintedPiece[] => [{ text, within }];
  if (isJsx(node)) {
    const own = ownText(node, data);
    return own === undefined ? childPieces(printedNode(node, data), data, within) : piece(own);
  }
  if (node.type === 'break') return piece(' ');
  if (isExpression(node)) return piece(literalText(node) ?? '');
  if ('value' in node && typeof node.value === 'string') {
    return piece(node.type === 'inlineMath' || node.type === 'math' ? `$${node.value}$` : node.value);
  }
  return childPieces(node, data, within);
};

/** What stands in a node, piece by piece: values formatted, formulas as TeX between dollar signs. */
export const printedPieces = (node: Node, data: PaperData): readonly PrintedPiece[] =>
  childPieces(node, data, []);

/** A sentence as the page prints it: values formatted, formulas as TeX between dollar signs, single spaces. */
export const sentenceText = (node: Node, data: PaperData): string =>
  printedPieces(node, data)
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

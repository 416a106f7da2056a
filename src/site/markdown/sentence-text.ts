import type { Node } from 'unist';
import { formatNamed } from '../../results/format-value.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { numberParts, reportedText, shownValue } from '../printed-numbers.ts';
import { isExpression, literalText } from './expression-node.ts';
import { attributeOf, isJsx } from './jsx-node.ts';

const childrenText = (node: Node, data: PaperData): string =>
  'children' in node ? (node.children as Node[]).map((child) => printedText(child, data)).join('') : '';

const printedText = (node: Node, data: PaperData): string => {
  if (isJsx(node)) {
    const of = attributeOf(node, 'of');
    switch (node.name) {
      case 'Value':
        return numberParts(formatNamed(shownValue(data, of ?? '').named)).join('');
      case 'Reported':
        return of === undefined ? childrenText(node, data) : reportedText(data, of, attributeOf(node, 'as'));
      case 'Cite':
      case 'Ref':
        return attributeOf(node, 'text') ?? '';
      default:
        return childrenText(node, data);
    }
  }
  if (node.type === 'break') return ' ';
  if (isExpression(node)) return literalText(node) ?? '';
  if ('value' in node && typeof node.value === 'string') {
    return node.type === 'inlineMath' || node.type === 'math' ? `$${node.value}$` : node.value;
  }
  return childrenText(node, data);
};

/** A sentence as the page prints it: values formatted, formulas as TeX between dollar signs, single spaces. */
export const sentenceText = (node: Node, data: PaperData): string =>
  childrenText(node, data).replace(/\s+/g, ' ').trim();

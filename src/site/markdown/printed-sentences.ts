import type { Node } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { PaperData } from '../../results/paper-data.ts';
import { shownValue } from '../printed-numbers.ts';
import { attributeOf, isJsx, type JsxNode } from './jsx-node.ts';
import { type PrintedPiece, printedPieces } from './sentence-text.ts';

/** A sentence of a page as it is printed, with what in it a result decides. */
export interface PrintedSentence {
  /** Formulas as TeX between dollar signs. */
  readonly text: string;
  /** Headings and rows of tables print values too, and are no sentences. */
  readonly isProse: boolean;
  /** Claims that it is of, or a part of. */
  readonly claims: readonly string[];
  /** The elements that print values. */
  readonly values: readonly JsxNode[];
  /** How many of its values are numbers. */
  readonly numbers: number;
  /** Words that a verdict chooses. */
  readonly words: number;
  /** Figures of the original, by name. */
  readonly quoted: number;
  /** Numbers in names that the paper allows. */
  readonly named: number;
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A text of the same length, in which nothing but a sentence's end ends a sentence. */
const masked = (text: string): string =>
  text.replace(/\$[^$]*\$/g, (formula) => 'x'.repeat(formula.length)).replace(/\s/g, ' ');

const isWord = (node: Node): boolean => isJsx(node) && attributeOf(node, 'data-word') !== undefined;

const named = (node: Node, name: string): node is JsxNode => isJsx(node) && node.name === name;

/** Digits that an author typed: they stand in text alone. */
const typedIn = ({ text, within }: PrintedPiece): number =>
  within.at(-1)?.type === 'text' && !within.some((node) => named(node, 'Reported') || isWord(node))
    ? [...text.matchAll(/\p{N}[\p{N}.,]*/gu)].length
    : 0;

const sentenceOf = (
  text: string,
  pieces: readonly PrintedPiece[],
  data: PaperData,
  isProse: boolean,
): PrintedSentence => {
  const inside = [...new Set(pieces.flatMap(({ within }) => within))];
  const values = inside.filter((node) => named(node, 'Value'));
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    isProse,
    claims: inside.filter((node) => named(node, 'Claim')).map((node) => attributeOf(node, 'id') ?? ''),
    values,
    numbers: values.filter(
      (node) => typeof shownValue(data, attributeOf(node, 'of') ?? '').named.value === 'number',
    ).length,
    words: inside.filter(isWord).length,
    quoted: inside.filter((node) => named(node, 'Reported')).length,
    named: pieces.reduce((sum, piece) => sum + typedIn(piece), 0),
  };
};

const textOf = (pieces: readonly PrintedPiece[]): string => pieces.map(({ text }) => text).join('');

const inBlock = (block: Node, data: PaperData, isProse: boolean): readonly PrintedSentence[] => {
  const pieces = printedPieces(block, data);
  const text = textOf(pieces);
  let at = 0;
  const placed = pieces.map((piece) => {
    const start = at;
    at += piece.text.length;
    return { ...piece, start };
  });
  return [...sentences.segment(masked(text))].map(({ index, segment }) => {
    const end = index + segment.length;
    const own = placed
      .filter((piece) => piece.start < end && piece.start + piece.text.length > index)
      .map(({ text: whole, within, start }) => ({
        within,
        text: whole.slice(Math.max(0, index - start), end - start),
      }))
      // A space that ends the sentence before belongs to neither.
      .filter((piece) => piece.text.trim() !== '');
    return sentenceOf(text.slice(index, end), own, data, isProse);
  });
};

const childrenOf = (node: Node | undefined): readonly Node[] =>
  node && 'children' in node ? (node.children as Node[]) : [];

/** A cell of a table says something of its row, which the first cell names, under its head: `length; here 1.2`. */
const inTable = (table: Node, data: PaperData): readonly PrintedSentence[] => {
  const [head, ...rows] = childrenOf(table);
  const heads = childrenOf(head).map((cell) => textOf(printedPieces(cell, data)));
  return rows.flatMap((row) => {
    const [name = [], ...cells] = childrenOf(row).map((cell) => printedPieces(cell, data));
    const said = textOf(name).trim();
    const ofCells = cells.map((cell, at) =>
      sentenceOf(`${said}; ${heads[at + 1] ?? ''} ${textOf(cell)}`, cell, data, false),
    );
    return [sentenceOf(`${heads[0] ?? ''} ${said}`, name, data, false), ...ofCells];
  });
};

const phrasing = new Set(['text', 'emphasis', 'strong', 'inlineMath', 'mdxJsxTextElement']);

/** A caption stands in its component without a paragraph. */
const isCaption = (node: Node): boolean =>
  node.type === 'mdxJsxFlowElement' && (node as JsxNode).children.some(({ type }) => phrasing.has(type));

/** The sentences of a page in their order, claims by the sentence of their verdict. */
export const printedSentences = (tree: Node, data: PaperData): readonly PrintedSentence[] => {
  const found: PrintedSentence[] = [];
  visit(tree, (node: Node) => {
    if (node.type === 'table') {
      found.push(...inTable(node, data));
      return SKIP;
    }
    const isProse = node.type === 'paragraph' || isCaption(node);
    if (!isProse && node.type !== 'heading') return undefined;
    found.push(...inBlock(node, data, isProse));
    return SKIP;
  });
  return found.filter(({ text }) => text !== '');
};

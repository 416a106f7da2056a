import type { Node } from 'unist';
import type { Verdict } from '../../claims/claim.ts';
import { isJsx, type JsxNode } from './jsx-node.ts';

/** The elements of a claim that hold a sentence each, one a verdict. */
export const sentenceElements: Readonly<Record<string, Verdict>> = {
  Holds: 'holds',
  Fails: 'fails',
  Undecided: 'undecided',
};

/** The element that holds a verdict's sentence. */
export const elementOf = (verdict: Verdict): string =>
  Object.keys(sentenceElements).find((name) => sentenceElements[name] === verdict) ?? '';

export const isSentence = (node: Node): node is JsxNode =>
  isJsx(node) && node.name !== null && Object.hasOwn(sentenceElements, node.name);

/** What stands directly in a claim: paragraphs are its layout alone. */
export const partsOf = (claim: JsxNode): readonly Node[] =>
  claim.children.flatMap((child) =>
    child.type === 'paragraph' && 'children' in child ? (child.children as Node[]) : [child],
  );

/** The sentence that a verdict prints; undefined for a claim that has one sentence, which it is itself. */
export const sentenceFor = (claim: JsxNode, verdict: Verdict): JsxNode | undefined =>
  partsOf(claim)
    .filter(isSentence)
    .find(({ name }) => sentenceElements[name ?? ''] === verdict);

import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import { ownOf } from '../../results/own-of.ts';
import type { ClaimResult, PaperData } from '../../results/paper-data.ts';
import { isExpression, literalText } from './expression-node.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, positionOf } from './jsx-node.ts';
import { elementOf, isSentence, partsOf, sentenceFor } from './verdict-sentences.ts';

const isBlank = (node: Node): boolean =>
  node.type === 'break' || ('value' in node && typeof node.value === 'string' && node.value.trim() === '');

/** Whether nothing of it would be printed. */
const saysNothing = (nodes: readonly Node[]): boolean =>
  nodes.every((node) => {
    if (isBlank(node)) return true;
    if (isJsx(node) && node.name !== null && !isSentence(node)) return false;
    return 'children' in node && saysNothing(node.children as readonly Node[]);
  });

/** A claim, or a sentence of one, that asserts nothing. */
const checkEmpty = (claim: JsxNode, sentences: readonly JsxNode[], id: string, file: VFile): void => {
  const empty = sentences.find((sentence) => saysNothing(sentence.children));
  if (empty) {
    reportFault(
      file,
      authorError(
        'EmptySentence',
        `<${empty.name}> of claim '${id}' says nothing.`,
        file,
        empty,
        `write between its tags what is true then: <${empty.name}>…</${empty.name}>, or remove it.`,
      ),
    );
  }
  if (sentences.length > 0 || !saysNothing(claim.children)) return;
  reportFault(
    file,
    authorError(
      'EmptySentence',
      `claim '${id}' has no sentence.`,
      file,
      claim,
      `write one for each verdict between its tags: <Claim id="${id}"><Holds>…</Holds><Fails>…</Fails></Claim>.`,
    ),
  );
};

/** One sentence says that the predicate holds: a page never asserts what its build found otherwise. */
const falseSentence = (claim: JsxNode, id: string, result: ClaimResult, file: VFile): PaperError =>
  new PaperError('FalseSentence', `claim '${id}' has one sentence, and its verdict is '${result.verdict}'.`, {
    where: positionOf(file, claim),
    details: [`${result.predicate}: ${result.evidence}`],
    hint: `put it into <Holds>…</Holds>, and add beside it: <${elementOf(result.verdict)}>what is true instead.</${elementOf(result.verdict)}>`,
  });

/** What is wrong with the sentences of a claim. */
const checkSentences = (claim: JsxNode, file: VFile, { claims }: PaperData): void => {
  const parts = partsOf(claim);
  const sentences = parts.filter(isSentence);
  const id = attributeOf(claim, 'id') ?? '';
  const result = ownOf(claims, id);
  checkEmpty(claim, sentences, id, file);
  if (sentences.length === 0) {
    if (result && result.verdict !== 'holds') reportFault(file, falseSentence(claim, id, result, file));
    return;
  }
  const stray = parts.find((part) => !isSentence(part) && !isBlank(part));
  if (stray) {
    reportFault(
      file,
      authorError(
        'TextBesideSentences',
        `claim '${id}' has text outside of <Holds>, <Fails> and <Undecided>.`,
        file,
        stray,
        'move it into each of the sentences that it belongs to, or before or after the claim.',
      ),
    );
  }
  const twice = sentences.find(({ name }, at) => sentences.findIndex((other) => other.name === name) < at);
  if (twice) {
    reportFault(
      file,
      authorError(
        'DuplicateSentence',
        `claim '${id}' has two sentences in <${twice.name}>.`,
        file,
        twice,
        'a verdict prints one sentence: join the two, or remove one.',
      ),
    );
  }
  if (!result || sentenceFor(claim, result.verdict)) return;
  const name = elementOf(result.verdict);
  reportFault(
    file,
    new PaperError(
      'MissingSentence',
      `claim '${id}' has no sentence for its verdict, which is '${result.verdict}'.`,
      {
        where: positionOf(file, claim),
        details: [`${result.predicate}: ${result.evidence}`],
        hint: `add to it: <${name}>what is true instead.</${name}>`,
      },
    ),
  );
};

/** The sentence is published beside the page: what code makes of it cannot be read here. */
const checkText = (claim: JsxNode, file: VFile): void => {
  visit(claim, (node: Node) => {
    if (!isExpression(node) || literalText(node) !== undefined) return;
    reportFault(
      file,
      authorError(
        'CodeInClaim',
        `claim '${attributeOf(claim, 'id')}' has code in its sentence: {${node.value.trim()}}.`,
        file,
        node,
        'write the words themselves, or name a value: <Value of="…" />.',
      ),
    );
  });
};

/**
 * A claim has a sentence for the verdict of this build, and nothing beside its sentences; one sentence alone says that it
 * holds. Faults: FalseSentence, MissingSentence, EmptySentence, TextBesideSentences, DuplicateSentence, SentenceWithoutClaim, CodeInClaim
 */
export const checkClaims = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  const data = reporting(file, () => dataOf(file));
  const within = new Set<Node>();
  visit(tree, (node: Node) => {
    if (!isJsx(node)) return;
    if (node.name === 'Claim') {
      for (const part of partsOf(node)) within.add(part);
      checkText(node, file);
      if (data) checkSentences(node, file, data);
    } else if (isSentence(node) && !within.has(node)) {
      reportFault(
        file,
        authorError(
          'SentenceWithoutClaim',
          `<${node.name}> stands outside of a claim.`,
          file,
          node,
          `put it directly into one: <Claim id="…"><${node.name}>…</${node.name}></Claim>.`,
        ),
      );
    }
  });
};

import { sentenceElements } from './verdict-sentences.ts';

/** Components of the site that a page may write without importing them -> the attributes that an author gives. */
export const attributesOf: Readonly<Record<string, readonly string[]>> = {
  Alt: [],
  Bibliography: [],
  Cite: ['of', 'narrative', 'prefix', 'locator', 'suffix'],
  Claim: ['id'],
  Definition: ['of'],
  Equation: ['id'],
  Explore: ['of'],
  Figure: ['of', 'alt'],
  Ref: ['to'],
  Reported: ['of', 'as'],
  ResultTable: ['of'],
  Source: ['of', 'region'],
  Term: ['of'],
  Value: ['of'],
  Word: ['of', 'holds', 'fails', 'undecided'],
};

/** The same, with what stands for words in the text. */
export const componentNames: ReadonlySet<string> = new Set([
  ...Object.keys(attributesOf),
  ...Object.keys(sentenceElements),
]);

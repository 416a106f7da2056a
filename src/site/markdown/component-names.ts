import { sentenceElements } from './verdict-sentences.ts';

/** What a page may write without importing it: components of the site, and what stands for words in the text. */
export const componentNames: ReadonlySet<string> = new Set([
  'Bibliography',
  'Cite',
  'Claim',
  'Equation',
  'Explore',
  'Figure',
  'Ref',
  'Reported',
  'ResultTable',
  'Source',
  'Value',
  'Word',
  ...Object.keys(sentenceElements),
]);

import type { Section } from './export-document.ts';
import { plainText } from './read-inline.ts';

/** The section that is the abstract, by what it is called. */
export const abstractOf = (sections: readonly Section[]): Section | undefined =>
  sections.find(({ title }) => plainText(title).trim().toLowerCase() === 'abstract');

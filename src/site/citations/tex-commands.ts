/** TeX in the fields of a bibliography: which commands something is printed for. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';

const { constants } = plugins.config.get('@bibtex');

/** What the parser does not know by itself. */
Object.assign(constants.commands, {
  aa: 'å',
  AA: 'Å',
  TeX: 'TeX',
  LaTeX: 'LaTeX',
  BibTeX: 'BibTeX',
  ldots: '…',
  dots: '…',
  P: '¶',
  S: '§',
  pounds: '£',
  dag: '†',
  ddag: '‡',
  slash: '/',
  ' ': ' ',
  ',': '\u2009',
  // Where a word may be broken.
  '-': '\u00AD',
  '/': '',
});

/** Without their backslashes. */
export const texCommands: readonly string[] = [
  ...Object.values(constants).flatMap((group) => (typeof group === 'object' ? Object.keys(group) : [])),
  ...'&%$#_{}',
];

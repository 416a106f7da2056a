import '@citation-js/plugin-bibtex';
import { Cite, plugins } from '@citation-js/core';
import { type Article, isWhole, publicationDate } from '../page-metadata.ts';
import { versionOf } from '../site-origin.ts';

// Else a label is made of names and words, which two papers may share.
plugins.config.get('@bibtex').format.useIdAsLabel = true;

/** The parts of a date as it is printed, as far as they are numbers: `2026-03-07`. */
const dateParts = (date: string): readonly number[] =>
  (/^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date) ?? [])
    .slice(1, 3)
    .flatMap((part) => (part ? Number(part) : []));

/** A paper of this site as an entry of BibTeX, with the commit that it was built from. */
export const paperBibtex = (
  paper: string,
  { frontmatter, address, origin }: Pick<Article, 'frontmatter' | 'address' | 'origin'>,
): string => {
  const date = publicationDate(frontmatter.date, origin);
  const version = versionOf(origin, 8);
  const parts = date === undefined ? [] : dateParts(date);
  const entry = {
    id: paper,
    type: 'webpage',
    title: frontmatter.title,
    author: frontmatter.authors.map((literal) => ({ literal })),
    ...(parts.length > 0 ? { issued: { 'date-parts': [parts] } } : {}),
    ...(isWhole(address) ? { URL: address } : {}),
    ...(version === null ? {} : { note: `commit ${version}` }),
  };
  return String(new Cite([entry]).format('bibtex')).trim();
};

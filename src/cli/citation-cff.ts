/** `CITATION.cff` of a paper: who is cited for which text, at which commit (Citation File Format 1.2). */
import { authorType, type PageFrontmatter } from '../site/page-frontmatter.ts';
import { publicationDate } from '../site/page-metadata.ts';
import { type SiteOrigin, versionOf } from '../site/site-origin.ts';

/** JSON's form of a text is one of YAML's. */
const quoted = (text: string): string => JSON.stringify(text);

/** The last word of a person's name is taken for the family's. */
const authorLines = (frontmatter: PageFrontmatter, name: string): readonly string[] => {
  const [, given, family] = /^(.+) (\S+)$/.exec(name) ?? [];
  return given === undefined || family === undefined || authorType(frontmatter, name) !== 'Person'
    ? [`  - name: ${quoted(name)}`]
    : [`  - family-names: ${quoted(family)}`, `    given-names: ${quoted(given)}`];
};

/** The day alone: CFF takes no year or month by itself. */
const dayOf = (date: string | undefined): string | undefined => /^\d{4}-\d{2}-\d{2}$/.exec(date ?? '')?.[0];

/** @param address where the paper is served; null where the site does not know its own */
export const citationCff = (
  frontmatter: PageFrontmatter,
  origin: SiteOrigin,
  address: string | null,
): string => {
  const authors = ['authors:', ...frontmatter.authors.flatMap((name) => authorLines(frontmatter, name))];
  const version = versionOf(origin);
  const day = dayOf(publicationDate(frontmatter.date, origin));
  return [
    'cff-version: 1.2.0',
    'message: If you use this paper or its results, please cite it as below.',
    'type: dataset',
    `title: ${quoted(frontmatter.title)}`,
    ...authors,
    ...(version === null ? [] : [`version: ${quoted(version)}`]),
    ...(origin.commit === null || origin.changed ? [] : [`commit: ${quoted(origin.commit)}`]),
    ...(day === undefined ? [] : [`date-released: ${day}`]),
    ...(address === null ? [] : [`url: ${quoted(address)}`]),
    ...(origin.repository === null ? [] : [`repository-code: ${quoted(origin.repository)}`]),
    '',
  ].join('\n');
};

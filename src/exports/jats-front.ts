import type { Element } from 'xast';
import { x } from 'xastscript';
import type { Masthead } from './export-document.ts';
import { xmlId, xmlLetters } from './jats-inline.ts';

/** `2026-11-28` by parts; any other date as it is printed. */
const dateOf = (date: string): Element => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  return year === undefined || month === undefined || day === undefined
    ? x('pub-date', { 'date-type': 'pub' }, [x('string-date', xmlLetters(date))])
    : x('pub-date', { 'date-type': 'pub', 'iso-8601-date': date }, [
        x('day', day),
        x('month', month),
        x('year', year),
      ]);
};

/** `front`: what the paper is, by whom, of when, under which terms, and its abstract. */
export const jatsFront = (
  { title, summary, authors, organizations = [], date, license, original, address, commit }: Masthead,
  abstract: readonly Element[] | null,
  abstractId: string | null,
): Element =>
  x('front', [
    x('article-meta', [
      x('title-group', [
        x('article-title', xmlLetters(title)),
        ...(original === null ? [] : [x('subtitle', xmlLetters(original))]),
      ]),
      x(
        'contrib-group',
        authors.map((author) =>
          x('contrib', { 'contrib-type': 'author' }, [
            x(organizations.includes(author) ? 'collab' : 'string-name', xmlLetters(author)),
          ]),
        ),
      ),
      ...(date === null ? [] : [dateOf(date)]),
      ...(license === null ? [] : [x('permissions', [x('license', [x('license-p', xmlLetters(license))])])]),
      ...(address === null ? [] : [x('self-uri', { 'xlink:href': address })]),
      x(
        'abstract',
        abstractId === null ? {} : { id: xmlId(abstractId) },
        abstract === null ? [x('p', xmlLetters(summary))] : [...abstract],
      ),
      ...(commit === null
        ? []
        : [x('custom-meta-group', [x('custom-meta', [x('meta-name', 'source'), x('meta-value', commit)])])]),
    ]),
  ]);

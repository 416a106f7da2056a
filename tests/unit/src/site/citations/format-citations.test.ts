import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCitationStyle } from '../../../../../src/site/citations/citation-style.ts';
import { type CitationRequest, formatCitations } from '../../../../../src/site/citations/format-citations.ts';
import { readBibliography } from '../../../../../src/site/citations/read-bibliography.ts';
import { errorText } from '../../../../error-text.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'citations-'));
  mkdirSync(join(root, 'content/tiny'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

const references = `
@article{waal, author = {van der Waal, Ina}, title = {Grids}, journal = {Letters}, year = {2011}}
@article{cruz, author = {de la Cruz, Eva and von Ahn, Otto}, title = {Names}, journal = {Letters}, year = {2012}}
@article{quist1, author = {Quist, Ann}, title = {First}, journal = {Letters}, year = {2020}}
@article{quist2, author = {Quist, Ann}, title = {Second}, journal = {Letters}, year = {2020}}
@book{edited, editor = {Edwards, Bo}, title = {Edited}, year = {2019}}
@book{nameless, title = {Nameless}}
@book{words, author = {Ford, Al}, title = {Words}, year = {forthcoming}}
@book{range, author = {Ford, Al}, title = {Range}, year = {2011--2013}}
@book{group1, author = {Aalto, Al and Berg, Bo and Cole, Cy}, title = {G}, year = {2011}}
@book{group2, author = {Aalto, Al and Dorn, Di and Cole, Cy}, title = {H}, year = {2011}}
@book{junior, author = {Smith, Jr., Al}, title = {J}, year = {2011}}
@book{bob, author = {Smith, Bob}, title = {K}, year = {2012}}
@book{team, author = {{Team of NASA and ESA}}, title = {L}, year = {2011}}
`;

const bibliographyOf = (text: string) => {
  const path = join(root, 'content/tiny/references.bib');
  writeFileSync(path, text);
  return readBibliography(path, 'content/tiny/references.bib');
};

const request = (keys: string, more: Partial<CitationRequest> = {}): CitationRequest => ({
  keys: keys.split(' '),
  isNarrative: false,
  prefix: '',
  locator: '',
  suffix: '',
  ...more,
});

const formatted = (style: string, requests: readonly CitationRequest[], text = references) =>
  formatCitations(bibliographyOf(text), requests, {
    style: readCitationStyle(root, 'tiny', style),
    file: style,
    fallback: readCitationStyle(root, 'tiny', 'apa'),
  });
const texts = (style: string, ...requests: readonly CitationRequest[]): readonly string[] =>
  formatted(style, requests).citations.map(({ text }) => text);

test('an author-date style gives particles, years, suffixes and groups of authors in the text as in the list', () => {
  const keys = [...bibliographyOf(references).keys()];
  expect(texts('apa', ...keys.map((key) => request(key)))).toEqual([
    '(van der Waal, 2011)',
    '(de la Cruz & von Ahn, 2012)',
    '(Quist, 2020a)',
    '(Quist, 2020b)',
    '(Edwards, 2019)',
    '(Nameless, n.d.)',
    '(Ford, forthcoming)',
    '(Ford, 2011–2013)',
    '(Aalto, Berg, et al., 2011)',
    '(Aalto, Dorn, et al., 2011)',
    '(A. Smith Jr., 2011)',
    '(B. Smith, 2012)',
    '(Team of NASA and ESA, 2011)',
  ]);
});

test('several works in one citation are in the order of the style, each a link, and share an author', () => {
  const { citations } = formatted('apa', [request('waal quist2 cruz quist1')]);
  expect(citations[0]?.text).toBe('(de la Cruz & von Ahn, 2012; Quist, 2020b, 2020a; van der Waal, 2011)');
  expect(
    [...(citations[0]?.html ?? '').matchAll(/href="#ref-(\w+)">([^<]*)</g)].map(([, ...to]) => to),
  ).toEqual([
    ['cruz', 'de la Cruz &#38; von Ahn, 2012'],
    ['quist2', 'Quist, 2020b'],
    ['quist1', '2020a'],
    ['waal', 'van der Waal, 2011'],
  ]);
});

test('a numeric style counts in the order of the text, in the list too, and keeps what it prints no place for', () => {
  const { citations, entries } = formatted('vancouver', [
    request('quist2'),
    request('waal'),
    request('quist2 waal quist1 bob', { locator: '33-35' }),
    request('cruz', { isNarrative: true, locator: 'chapter 2' }),
  ]);
  expect(citations.map(({ text }) => text)).toEqual([
    '(1)',
    '(2)',
    '(1–3,4, pp. 33-35)',
    'de la Cruz and von Ahn (5, chapter 2)',
  ]);
  expect(citations[2]?.html).toBe(
    '(<a class="cite" href="#ref-quist2">1</a>–<a class="cite" href="#ref-quist1">3</a>,<a class="cite" href="#ref-bob">4</a>, pp. 33-35)',
  );
  expect(entries.slice(0, 4).map(({ key }) => key)).toEqual(['quist2', 'waal', 'quist1', 'bob']);
  expect(entries[0]?.html).toContain('1.');
});

test('a citation has places in works, words around it, and a form for a sentence', () => {
  expect(
    texts(
      'apa',
      request('waal', { prefix: 'see', locator: 'pp. 3-5', suffix: 'for a proof' }),
      request('waal', { locator: '3' }),
      request('waal', { locator: 'chap. 2' }),
      request('waal', { locator: 'Theorem 3', suffix: ', and so on' }),
      request('cruz', { isNarrative: true }),
      request('quist2', { isNarrative: true, locator: 'p. 5' }),
    ),
  ).toEqual([
    '(see van der Waal, 2011, pp. 3–5 for a proof)',
    '(van der Waal, 2011, p. 3)',
    '(van der Waal, 2011, Chapter 2)',
    '(van der Waal, 2011, Theorem 3, and so on)',
    'de la Cruz and von Ahn (2012)',
    'Quist (2020b, p. 5)',
  ]);
});

test('works of one author and year have one letter each, the same in the text and in the list', () => {
  const letters = fc.uniqueArray(fc.stringMatching(/^[A-Z][a-z]{3,8}$/), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(letters, fc.integer({ min: 1900, max: 2030 }), (titles, year) => {
      const text = titles
        .map(
          (title) =>
            `@article{${title}, author = {Quist, Ann}, title = {${title}}, journal = {L}, year = {${year}}}`,
        )
        .join('\n');
      const { citations, entries } = formatted(
        'apa',
        titles.map((title) => request(title)),
        text,
      );
      const dates = citations.map((citation) => /\d{4}[a-z]/.exec(citation.text)?.[0]);
      expect(new Set(dates).size).toBe(titles.length);
      titles.forEach((title, at) => {
        expect(entries.find(({ key }) => key === title)?.html).toContain(`(${dates[at]})`);
      });
    }),
    { numRuns: 15, seed: 7 },
  );
});

test('an unknown style is told with the nearest one, and a file that is none by what it lacks', () => {
  writeFileSync(join(root, 'content/tiny/index.mdx'), '---\ntitle: T\ncitationStyle: vancouve\n---\n');
  writeFileSync(join(root, 'content/tiny/own.csl'), '<style class="in-text"><info/></style>');
  expect(errorText(() => readCitationStyle(root, 'tiny', 'vancouve'))).toBe(
    `UnknownCitationStyle: there is no citation style 'vancouve'.
  content/tiny/index.mdx:3:1
  expected one of apa, vancouver, harvard1, own.csl, or a .csl file in content/tiny
  hint: did you mean 'vancouver'? Others are at github.com/citation-style-language/styles.`,
  );
  expect(errorText(() => readCitationStyle(root, 'tiny', 'own.csl'))).toBe(
    `BadCitationStyle: content/tiny/own.csl cannot be used: it has no <citation>.
  content/tiny/own.csl
  expected an independent CSL style for citations in the text
  hint: take an independent style of the class "in-text" from github.com/citation-style-language/styles.`,
  );
});

test('a style in the folder of a paper is used', () => {
  writeFileSync(
    join(root, 'content/tiny/own.csl'),
    `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Own</title><id>own</id></info>
<citation><layout prefix="[" suffix="]" delimiter="; "><text variable="title"/></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography></style>`,
  );
  const { citations, entries } = formatted('own.csl', [request('waal cruz')]);
  expect(citations[0]?.text).toBe('[Grids; Names]');
  expect(entries[0]?.html).toBe('<div class="csl-entry">Grids</div>');
});

test('the same citations of references that changed, or by another style, are printed anew', () => {
  const asked = [request('waal')];
  const before = formatted('apa', asked).citations[0]!.text;
  expect(
    formatted('apa', asked, references.replace('2011}}\n@article{cruz', '1999}}\n@article{cruz'))
      .citations[0]!.text,
  ).toBe(before.replace('2011', '1999'));
  expect(formatted('vancouver', asked).citations[0]!.text).not.toBe(before);
  expect(formatted('apa', asked).citations[0]!.text).toBe(before);
});

import { expect, test } from 'vitest';
import { pageAddress } from '../../../../src/site/page-address.ts';
import { articlePart, highwireTags, jsonLd, scholarlyArticle } from '../../../../src/site/page-metadata.ts';
import { commitWords, unknownOrigin } from '../../../../src/site/site-origin.ts';

const frontmatter = { title: 'A <b> & "c"', summary: 'Short.', authors: ['A. One', 'B. Two'] };
const origin = {
  commit: '0123456789abcdef',
  date: '2026-01-02T03:04:05+00:00',
  changed: true,
  repository: 'https://host.example/x',
};
const article = {
  frontmatter,
  address: pageAddress(new URL('https://host.example'), '/base/a-paper'),
  origin,
  data: [
    { path: 'results.json', label: 'results', mediaType: 'application/json', sizeBytes: '7', sha256: 'abc' },
  ],
};

test('reference managers get every author, and a date from the commit where the text has none', () => {
  expect(highwireTags(article)).toEqual([
    { name: 'citation_title', content: 'A <b> & "c"' },
    { name: 'citation_author', content: 'A. One' },
    { name: 'citation_author', content: 'B. Two' },
    { name: 'citation_publication_date', content: '2026/01/02' },
    { name: 'citation_fulltext_html_url', content: 'https://host.example/base/a-paper/' },
    { name: 'citation_language', content: 'en' },
  ]);
  const undated = highwireTags({ ...article, origin: unknownOrigin });
  expect(undated.map(({ name }) => name)).not.toContain('citation_publication_date');
});

test('an article names its data where they are served, with and without a host', () => {
  expect(scholarlyArticle(article)).toMatchObject({
    '@type': 'ScholarlyArticle',
    url: 'https://host.example/base/a-paper/',
    isBasedOn: { codeRepository: 'https://host.example/x', version: '0123456789abcdef with changes' },
    associatedMedia: [
      {
        contentUrl: 'https://host.example/base/a-paper/results.json',
        contentSize: '7',
        sha256: 'abc',
      },
    ],
  });
  const address = pageAddress(undefined, '/base/a-paper/');
  expect(scholarlyArticle({ ...article, address })).toMatchObject({
    url: '/base/a-paper/',
    associatedMedia: [{ contentUrl: '/base/a-paper/results.json' }],
  });
});

test('a reference manager is told no address that leads nowhere without its page', () => {
  const told = highwireTags({ ...article, address: pageAddress(undefined, '/base/a-paper/') });
  expect(told.map(({ name }) => name)).not.toContain('citation_fulltext_html_url');
  const withPdf = { path: 'a-paper.pdf', label: 'PDF', mediaType: 'application/pdf' };
  expect(highwireTags({ ...article, data: [withPdf] })).toContainEqual({
    name: 'citation_pdf_url',
    content: 'https://host.example/base/a-paper/a-paper.pdf',
  });
});

test('an author that is no person is an organization', () => {
  const { authors } = frontmatter;
  const byProject = { ...frontmatter, authors: [...authors, 'A project'], organizations: ['A project'] };
  expect(scholarlyArticle({ ...article, frontmatter: byProject }).author).toEqual([
    { '@type': 'Person', name: 'A. One' },
    { '@type': 'Person', name: 'B. Two' },
    { '@type': 'Organization', name: 'A project' },
  ]);
});

test('a further page is a part of the paper, which is what is cited', () => {
  const page = { title: 'The method', summary: 'How.', address: 'https://host.example/base/a-paper/method/' };
  expect(articlePart(page, article)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    name: 'The method',
    description: 'How.',
    url: 'https://host.example/base/a-paper/method/',
    isPartOf: {
      '@type': 'ScholarlyArticle',
      headline: 'A <b> & "c"',
      author: [
        { '@type': 'Person', name: 'A. One' },
        { '@type': 'Person', name: 'B. Two' },
      ],
      url: 'https://host.example/base/a-paper/',
    },
  });
});

test('no text ends a data block early', () => {
  const text = jsonLd({ headline: '</script><script>' });
  expect(text).not.toContain('<');
  expect(JSON.parse(text)).toEqual({ headline: '</script><script>' });
});

test('a commit is told with whether anything differs from it', () => {
  expect(commitWords(origin)).toBe('commit 01234567 with changes of 2026-01-02');
  expect(commitWords({ ...origin, changed: false })).toBe('commit 01234567 of 2026-01-02');
  expect(commitWords(unknownOrigin)).toBeNull();
});

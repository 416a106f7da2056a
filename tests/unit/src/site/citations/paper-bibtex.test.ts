import { expect, test } from 'vitest';
import { paperBibtex } from '../../../../../src/site/citations/paper-bibtex.ts';
import { unknownOrigin } from '../../../../../src/site/site-origin.ts';

const frontmatter = {
  title: 'What 50 % & $x$ show',
  summary: 'S',
  authors: ['The Tiny project', 'Ada Lovelace'],
};

test('a paper is an entry with its address, its date and its commit; what TeX would read is escaped', () => {
  const entry = paperBibtex('tiny', {
    frontmatter: { ...frontmatter, date: '2026-03-07' },
    address: 'https://papers.test/tiny/',
    origin: { ...unknownOrigin, commit: '0123456789abcdef', date: '2026-01-01T00:00:00Z' },
  });
  expect(entry).toMatch(/^@misc\{tiny,/);
  expect(entry).toContain('{The Tiny project} and {Ada Lovelace}');
  expect(entry).toContain('2026');
  expect(entry).toContain('https://papers.test/tiny/');
  expect(entry).toContain('01234567');
  expect(entry).toMatch(/\\%.*\\&/);
});

test('without a date, a commit or an address of its own it has none', () => {
  const entry = paperBibtex('tiny', { frontmatter, address: '/tiny/', origin: unknownOrigin });
  expect(entry).not.toMatch(/year|url|note/i);
});

import { expect, test } from 'vitest';
import { citationCff } from '../../../../src/cli/citation-cff.ts';
import { unknownOrigin } from '../../../../src/site/site-origin.ts';

const frontmatter = {
  title: 'A "quoted": title',
  summary: 'S',
  authors: ['Ada B. One', 'Two', 'The project'],
  organizations: ['The project'],
  allow: [],
};

test('a paper is cited with its authors, the commit as its version, its day and where it is', () => {
  const origin = {
    commit: '0123abcd',
    date: '2026-01-02T03:04:05Z',
    changed: false,
    repository: 'https://host.example/x',
  };
  expect(citationCff(frontmatter, origin, 'https://host.example/a/')).toBe(`cff-version: 1.2.0
message: If you use this paper or its results, please cite it as below.
type: dataset
title: "A \\"quoted\\": title"
authors:
  - family-names: "One"
    given-names: "Ada B."
  - name: "Two"
  - name: "The project"
version: "0123abcd"
commit: "0123abcd"
date-released: 2026-01-02
url: "https://host.example/a/"
repository-code: "https://host.example/x"
`);
});

test('what was built from more than a commit is not cited by it alone', () => {
  const origin = { ...unknownOrigin, commit: '0123abcd', date: '2026-01-02T03:04:05Z', changed: true };
  const cited = citationCff(frontmatter, origin, null);
  expect(cited).toContain('version: "0123abcd with changes"');
  expect(cited).not.toContain('commit: ');
});

test('what is not known is left out: a month is no day', () => {
  const bare = citationCff({ ...frontmatter, date: '2026-03' }, unknownOrigin, null);
  expect(bare).not.toMatch(/version: "|commit|date-released|url|repository/);
});

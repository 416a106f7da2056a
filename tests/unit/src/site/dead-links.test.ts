import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatError } from '../../../../src/engine/stage/index.ts';
import { deadLinks } from '../../../../src/site/dead-links.ts';
import { renderedTargets } from '../../../../src/site/link-targets.ts';

const pages: Readonly<Record<string, readonly string[]>> = {
  'index.html': [],
  'tiny/index.html': ['sec-method', 'größe'],
  'other/index.html': ['ref-knuth'],
};
const targets = {
  files: new Set([...Object.keys(pages), 'tiny/results.json']),
  anchorsIn: (file: string) => pages[file]!,
};

const linking = (...hrefs: readonly string[]) => [
  {
    path: 'tiny/',
    links: hrefs.map((href) => ({ href, where: { file: 'content/tiny/index.mdx', line: 3, column: 5 } })),
  },
];
const follow = (href: string, base = '/'): string =>
  deadLinks(targets, base, linking(href), ['absent']).map(formatError).join('\n') || 'it is alive';

for (const href of [
  '#sec-method',
  '#',
  '#top',
  '#gr%C3%B6%C3%9Fe',
  '.',
  './',
  'results.json',
  'results.json?download',
  'results.json#L1',
  '../',
  '../other/#ref-knuth',
  '../other#ref-knuth',
]) {
  test(`${href} leads somewhere, at any base`, () => {
    expect(follow(href)).toBe('it is alive');
    expect(follow(href, '/project/')).toBe('it is alive');
  });
}

test('a path from the root is held against the base', () => {
  expect(follow('/other/')).toBe('it is alive');
  expect(follow('/project/other/', '/project/')).toBe('it is alive');
  expect(follow('/other/', '/project/')).toBe(
    `DeadLink: the link '/other/' leads to a place outside of the site, which is served at /project/.
  content/tiny/index.mdx:3:5
  hint: write it from the page on: ../ is the home page, results.json a file of this paper.`,
  );
});

test('an anchor that is not there is told with the nearest one', () => {
  expect(follow('#sec-methods')).toBe(
    `DeadLink: the link '#sec-methods' leads to an anchor that its page does not have.
  content/tiny/index.mdx:3:5
  hint: did you mean 'sec-method'?`,
  );
});

test('a citation on a page without a bibliography is told so', () => {
  expect(follow('#ref-knuth')).toBe(
    `DeadLink: the link '#ref-knuth' leads to an anchor that its page does not have.
  content/tiny/index.mdx:3:5
  hint: the page has no bibliography: write <Bibliography /> where it belongs.`,
  );
});

for (const href of [
  'result.json',
  'results.json/',
  'tables/none.csv',
  '../none/',
  '../../etc/passwd',
  '..%2f..%2f..%2fetc/passwd',
  '%E0%A4%A',
]) {
  test(`${href} leads to no file`, () => {
    expect(follow(href)).toBe(
      `DeadLink: the link '${href}' leads to a file that the site does not have.
  content/tiny/index.mdx:3:5
  hint: files of this paper are named from its page on: results.json, tables/<id>.csv, figures/<id>.json.`,
    );
  });
}

test('every dead link is told, in the order of the pages', () => {
  expect(deadLinks(targets, '/', linking('#one', './', '#two'), []).map(({ message }) => message)).toEqual([
    "the link '#one' leads to an anchor that its page does not have.",
    "the link '#two' leads to an anchor that its page does not have.",
  ]);
});

test('the ids of a rendered page are its anchors, wherever they stand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  try {
    writeFileSync(
      join(folder, 'index.html'),
      '<h2 id="sec-method">M</h2><p><b id=größe>Size</b> id="no"</p>',
    );
    expect(renderedTargets(folder, ['index.html']).anchorsIn('index.html')).toEqual(['sec-method', 'größe']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what a paper has that the site is built without is not known, and its name alone is no excuse', () => {
  expect(follow('../absent/')).toBe('it is alive');
  expect(follow('../absent/tables/any/#row')).toBe('it is alive');
  expect(follow('../absently/')).toContain('DeadLink');
  expect(follow('absent/')).toContain('DeadLink');
});

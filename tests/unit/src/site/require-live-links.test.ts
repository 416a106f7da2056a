import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireLiveLinks } from '../../../../src/site/require-live-links.ts';
import { errorText } from '../../../error-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'links-'));
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeAll(() => {
  put('index.html', '<h1>Papers</h1>');
  put('tiny/index.html', '<h2 id="sec-method">Method</h2><p id="größe">Size</p>');
  put('tiny/results.json', '{}');
  put('other/index.html', '<li id="ref-knuth">Knuth</li>');
});
afterAll(() => rmSync(folder, { recursive: true }));

const follow = (href: string, base = '/'): string =>
  errorText(() =>
    requireLiveLinks({ folder, base }, [
      { path: 'tiny/', links: [{ href, where: { file: 'content/tiny/index.mdx', line: 3, column: 5 } }] },
    ]),
  );

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
    expect(follow(href)).toBe('nothing was thrown');
    expect(follow(href, '/project/')).toBe('nothing was thrown');
  });
}

test('a path from the root is held against the base', () => {
  expect(follow('/other/')).toBe('nothing was thrown');
  expect(follow('/project/other/', '/project/')).toBe('nothing was thrown');
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

for (const href of ['result.json', 'tables/none.csv', '../none/', '../../etc/passwd', '%E0%A4%A']) {
  test(`${href} leads to no file`, () => {
    expect(follow(href)).toBe(
      `DeadLink: the link '${href}' leads to a file that the site does not have.
  content/tiny/index.mdx:3:5
  hint: files of this paper are named from its page on: results.json, tables/<id>.csv, figures/<id>.json.`,
    );
  });
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatError } from '../../../../src/engine/stage/index.ts';
import { pageNameFaults, pagesOfPaper } from '../../../../src/site/page-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'));
  mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(root, 'content', 'tiny', file), text);
const titled = '---\ntitle: T\n---\n';

test('pages stand in the order of the frontmatter, others by their names, parts nowhere', () => {
  write('index.mdx', '---\ntitle: T\npages: [zeta, gone, zeta, beta]\n---\n');
  for (const name of ['alpha', 'beta', 'zeta']) write(`${name}.mdx`, titled);
  write('part.mdx', 'Text.\n');
  write('.hidden.mdx', titled);
  expect(pagesOfPaper(root, 'tiny')).toEqual(['index', 'zeta', 'beta', 'alpha']);
});

test('a frontmatter that is no YAML lists nothing', () => {
  write('index.mdx', '---\npages: [a\n---\n');
  write('b.mdx', titled);
  expect(pagesOfPaper(root, 'tiny')).toEqual(['index', 'b']);
  write('index.mdx', '---\n- a\n---\n');
  expect(pagesOfPaper(root, 'tiny')).toEqual(['index', 'b']);
});

test('a part that any page imports is none of the mistakes', () => {
  write('index.mdx', titled);
  write('method.mdx', `${titled}import One from './one.mdx'\nimport "./Two.mdx";\n`);
  for (const name of ['one', 'Two', 'three']) write(`${name}.mdx`, 'Text.\n');
  expect(pageNameFaults(root, 'tiny').map(({ name, where }) => `${name} ${where?.file}`)).toEqual([
    'PageWithoutTitle content/tiny/three.mdx',
  ]);
});

test('plain Markdown beside the pages is told, and a README is not', () => {
  write('index.mdx', titled);
  write('My data.md', 'Text.\n');
  write('README.md', 'Text.\n');
  expect(pageNameFaults(root, 'tiny').map(formatError)).toEqual([
    [
      "UnreadPage: 'My data.md' is read by nothing: a page is a file of MDX.",
      '  content/tiny/My data.md',
      "  hint: give it that ending: `git mv 'content/tiny/My data.md' content/tiny/my-data.mdx`.",
    ].join('\n'),
  ]);
});

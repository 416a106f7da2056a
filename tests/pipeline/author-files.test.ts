import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildSite } from '../../src/cli/build-site.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

/** Each project is imported anew: a process keeps the modules that it has loaded. */
let project: ReturnType<typeof createTinyProject>;
beforeEach(() => {
  project = createTinyProject(3, false);
  for (const [file, text] of Object.entries(files)) project.write(`content/tiny/${file}`, text);
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  project.remove();
});

const files: Readonly<Record<string, string>> = {
  'index.mdx': `---
title: Tiny
summary: A page.
authors: [A]
---

## Größe und Maß

A page of size <Value of="sizes.size.mean" />,
after <Cite of="quist" />, of $x$.

| a | b |
|---|---|
| c | $$d$$ |

<ResultTable of="sizes">A caption.</ResultTable>

<Bibliography />
`,
  'references.bib': '@article{quist,\n  author = {Quist, Ann},\n  title = {Ä},\n  year = {2020},\n}\n',
  'reported.json': '{\n  "setting": {},\n  "tables": {},\n  "statements": []\n}\n',
  'tables.ts': "// Words\nexport const tables = {\n  sizes: { columns: { size: { label: 'Größe' } } },\n};\n",
};

const built = async (): Promise<string> => rejectionText(buildSite(project.root, {}));
const body = (): string => {
  const html = project.read('dist/tiny/index.html');
  return html.slice(html.indexOf('<article'), html.indexOf('</article'));
};

/** What an editor makes of a file that another one wrote. */
const editors: Readonly<Record<string, (text: string, file: string) => string>> = {
  'the line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'line ends of carriage returns alone': (text) => text.replaceAll('\n', '\r'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'no newline at the end, and spaces after the dashes': (text, file) =>
    file.endsWith('.mdx') ? text.trimEnd().replaceAll('---\n', '---  \n') : text.trimEnd(),
};

/** The page without the key of the stage's code, which lies in another folder each time. */
const withoutKey = (): string => body().replaceAll(/key [0-9a-f]+/g, '');
let expected = '';

test('a page of every kind of file is built', async () => {
  expect(await built()).toBe('nothing was thrown');
  expected = withoutKey();
  expect(expected).toContain('Größe');
});

for (const [what, edit] of Object.entries(editors)) {
  test(`files with ${what} are read as others are`, async () => {
    for (const [file, text] of Object.entries(files)) project.write(`content/tiny/${file}`, edit(text, file));
    const claims = project.read('content/tiny/claims.ts');
    project.write('content/tiny/claims.ts', edit(claims, 'claims.ts'));
    expect(await built()).toBe('nothing was thrown');
    expect(withoutKey()).toBe(expected);
  });
}

test('a file in another encoding is refused by name, with its place', async () => {
  for (const file of [...Object.keys(files), 'claims.ts']) {
    const path = join(project.root, 'content/tiny', file);
    const before = readFileSync(path);
    writeFileSync(path, Buffer.concat([before, Buffer.from('\n// caf\u00e9\n', 'latin1')]));
    const line = before.toString('utf8').split('\n').length + 1;
    expect(await built()).toBe(
      `NotUtf8: content/tiny/${file} is not UTF-8: a byte after 'caf' belongs to no character of it.
  content/tiny/${file}:${line}:7
  expected text in UTF-8, as editors write it by default
  hint: save it as UTF-8, or convert it: \`iconv -f LATIN1 -t UTF-8 content/tiny/${file} > converted && mv converted content/tiny/${file}\`.`,
    );
    writeFileSync(path, before);
  }
});

test('a paper may be a link, and so may its page', async () => {
  const [paper, elsewhere] = [join(project.root, 'content/tiny'), join(project.root, 'elsewhere')];
  mkdirSync(elsewhere);
  renameSync(paper, join(elsewhere, 'a-paper'));
  renameSync(join(elsewhere, 'a-paper/index.mdx'), join(elsewhere, 'text.mdx'));
  symlinkSync('../text.mdx', join(elsewhere, 'a-paper/index.mdx'));
  symlinkSync('../elsewhere/a-paper', paper);
  expect(await built()).toBe('nothing was thrown');
  expect(body()).toContain('Größe und Maß');
  writeFileSync(join(elsewhere, 'text.mdx'), files['index.mdx']?.replace('## Größe', '## 7 Größe') ?? '');
  expect(await built()).toContain("TypedDigit: '7' is typed in the prose");
});

/** A page shows a file, or a region of it, as it stands; what it cannot show is told by name and place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourcesNamedIn } from '../../../../../src/site/markdown/include-sources.ts';
import { readSource } from '../../../../../src/site/markdown/source-text.ts';
import { errorText } from '../../../../error-text.ts';
import { checkPage } from './tiny-site.ts';

const root = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(root, { recursive: true }));
const write = (path: string, text: string | Buffer): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
write(
  'experiments/tiny/sizes.ts',
  [
    "import { z } from 'zod';",
    '',
    '// #region outer',
    'export const sizes = () => {',
    '  // #region inner',
    '  const size = 3;',
    '',
    '  return size;',
    '  // #endregion',
    '};',
    '// #endregion',
    '',
  ].join('\n'),
);
write('experiments/tiny/open.py', '# #region rest\nprint(1)\n');
write('experiments/tiny/twice.ts', '// #region a\n1;\n// #endregion\n// #region a\n2;\n// #endregion\n');
write('experiments/tiny/empty.mdx', '{/* #region a */}\n\n{/* #endregion */}\n');
write('experiments/tiny/weights.bin', Buffer.from([1, 0, 2]));
write('.paper/secret.txt', 'secret');

const where = { file: 'content/tiny/index.mdx', line: 9, column: 1 };
const textOf = (path: string, region?: string): string => readSource(root, path, region, where).text;

test('a region is shown without its marks, and without the indentation that its lines share', () => {
  expect(textOf('experiments/tiny/sizes.ts', 'inner')).toBe('const size = 3;\n\nreturn size;');
  expect(textOf('experiments/tiny/sizes.ts', 'outer')).toBe(
    'export const sizes = () => {\n  const size = 3;\n\n  return size;\n};',
  );
  expect(textOf('experiments/tiny/sizes.ts')).toMatch(/^import \{ z \}[^#]*\};$/);
});

test.each([
  [
    'a file that is not there',
    'experiments/tiny/size.ts',
    undefined,
    [
      "UnknownSource: there is no file 'experiments/tiny/size.ts' to show.",
      '  content/tiny/index.mdx:9:1',
      "  hint: did you mean 'experiments/tiny/sizes.ts'?",
    ],
  ],
  [
    'a file in a folder that is not there',
    'experiment/tiny/sizes.ts',
    undefined,
    [
      "UnknownSource: there is no file 'experiment/tiny/sizes.ts' to show.",
      '  content/tiny/index.mdx:9:1',
      '  hint: the folder experiment/tiny has no files: paths begin at the root of the project.',
    ],
  ],
  [
    'what is no text',
    'experiments/tiny/weights.bin',
    undefined,
    [
      "UnknownSource: 'experiments/tiny/weights.bin' is no text.",
      '  content/tiny/index.mdx:9:1',
      '  hint: show the code that makes it.',
    ],
  ],
  [
    'a region that is not there',
    'experiments/tiny/sizes.ts',
    'iner',
    [
      "UnknownRegion: 'experiments/tiny/sizes.ts' has no region 'iner'.",
      '  content/tiny/index.mdx:9:1',
      "  hint: did you mean 'inner'?",
    ],
  ],
  [
    'a region of a file without any',
    'experiments/tiny/weights.ts',
    'a',
    [
      "UnknownRegion: 'experiments/tiny/weights.ts' has no region 'a'.",
      '  content/tiny/index.mdx:9:1',
      '  hint: put the lines between comments there: `#region a` and `#endregion`.',
    ],
  ],
  [
    'a region that does not end',
    'experiments/tiny/open.py',
    'rest',
    [
      "BadRegion: the region 'rest' does not end.",
      '  experiments/tiny/open.py:1',
      '  expected one line with `#region rest`, and `#endregion` after it',
      '  hint: a page shows what stands between the two: mend them.',
    ],
  ],
  [
    'a region that begins twice',
    'experiments/tiny/twice.ts',
    'a',
    [
      "BadRegion: the region 'a' begins a second time.",
      '  experiments/tiny/twice.ts:4',
      '  expected one line with `#region a`, and `#endregion` after it',
      '  hint: a page shows what stands between the two: mend them.',
    ],
  ],
  [
    'a region without a line',
    'experiments/tiny/empty.mdx',
    'a',
    [
      "BadRegion: the region 'a' is empty.",
      '  experiments/tiny/empty.mdx:1',
      '  expected one line with `#region a`, and `#endregion` after it',
      '  hint: a page shows what stands between the two: mend them.',
    ],
  ],
])('%s is refused', (_, path, region, lines) => {
  write('experiments/tiny/weights.ts', 'export const weights = 1;\n');
  expect(errorText(() => textOf(path, region)).split('\n')).toEqual(lines);
});

test.each([
  '../outside.txt',
  '/etc/hosts',
  'a//b.ts',
  './a.ts',
  '.paper/secret.txt',
  'node_modules/x/y.js',
  'dist/x',
])('%s is no file that a page may show', (path) => {
  expect(errorText(() => textOf(path)).split('\n')).toEqual([
    `SourceOutside: '${path}' is no file of the project that a page may show.`,
    '  content/tiny/index.mdx:9:1',
    '  expected a path from the root of the project, with no `..` in it',
    '  hint: name it as `git ls-files` does: experiments/<paper>/pipeline.ts.',
  ]);
});

test('a page is held to what it names', async () => {
  expect(await checkPage('See this.\n\n<Source of="content/tiny/references.bib" />')).toBe('fine');
  expect(await checkPage('See this.\n\n<Source of="content/tiny/reference.bib" />')).toBe(
    [
      "UnknownSource: there is no file 'content/tiny/reference.bib' to show.",
      '  content/tiny/index.mdx:3:1',
      "  hint: did you mean 'content/tiny/references.bib'?",
    ].join('\n'),
  );
  expect(await checkPage('<Source region="a" />')).toBe(
    [
      'MissingAttribute: <Source> does not say which file it shows.',
      '  content/tiny/index.mdx:1:1',
      '  hint: write <Source of="experiments/<paper>/pipeline.ts" />.',
    ].join('\n'),
  );
});

test('a watcher is told of files that a text names, whether it parses or not', () => {
  expect(
    sourcesNamedIn(
      '<Source of="a/b.ts" region="x" /> <Value of="c.d" /> <Source\n  region="y"\n  of=\'e.py\'>',
    ),
  ).toEqual(['a/b.ts', 'e.py']);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requirePublicPaths } from '../../../../src/cli/require-public-paths.ts';
import type { StageFile } from '../../../../src/engine/stage/pipeline.ts';
import { generatedFiles, generatedNames } from '../../../../src/site/page-files.ts';
import { errorText } from '../../../error-text.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'paths-'));
  mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
  writeFileSync(join(root, 'content', 'tiny', 'index.mdx'), '---\ntitle: T\n---\n');
  writeFileSync(join(root, 'content', 'tiny', 'notes.mdx'), '---\ntitle: N\n---\n');
});
afterAll(() => rmSync(root, { recursive: true }));

const fine = 'nothing was thrown';

/** What is said of published files with these paths. */
const said = (paths: readonly string[], downloads: readonly string[] = []): string => {
  const files = Object.fromEntries(paths.map((path) => [path, {} as StageFile]));
  return errorText(() =>
    requirePublicPaths(root, 'tiny', { files, downloads: downloads.map((path) => ({ path, label: path })) }),
  );
};

test('files stand below the folder of the paper', () => {
  expect(said(['tokenizer.json', 'weights/v1.seed-2.safetensors', 'notes/data.csv'])).toBe(fine);
  expect(said(['../up.json'])).toBe(
    `BadPublicPath: '../up.json' is no path of a file below tiny/.
  experiments/tiny/pipeline.ts
  expected names of letters, digits, . _ and -, with single slashes between them
  hint: name it from the folder of the paper on, such as \`data/cells.csv\`.`,
  );
  for (const path of [
    '',
    '.',
    '/a',
    'a/',
    'a//b',
    'a/../../b',
    'a\\b',
    'a/.htaccess',
    'a b',
    'a%2e',
    'a?b',
    'ä',
  ])
    expect(said([path]), path).toContain('BadPublicPath');
});

test('a download is a path below the folder too', () => {
  expect(said([], ['results.json'])).toBe(fine);
  expect(said([], ['../../package.json'])).toContain('BadPublicPath');
});

test('nothing that the build puts there itself is replaced', () => {
  expect(said(['results.json'])).toBe(
    `PublicPathTaken: 'results.json' cannot be published below tiny/: the build's own results.json stands there.
  experiments/tiny/pipeline.ts
  hint: publish it under another path: \`files: { 'data/results.json': … }\`.`,
  );
  const own = [...generatedFiles, ...generatedNames, 'tiny.pdf', 'tiny.jats.xml', 'tiny.latex.zip'];
  for (const path of [
    ...own,
    ...own.map((name) => `${name}/a.json`),
    'Results.JSON',
    'notes',
    'notes/index.html',
  ])
    expect(said([path]), path).toContain('PublicPathTaken');
});

test('of two published files none stands in the place of the other', () => {
  expect(said(['data', 'data/cells.csv'])).toContain('the published file data stands there');
  expect(said(['Cells.csv', 'cells.csv'])).toContain('the published file Cells.csv stands there');
});

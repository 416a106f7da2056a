import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keyedModules } from '../../../../src/site/keyed-modules.ts';
import { refuseUnkeyed } from '../../../../src/site/refuse-unkeyed.ts';

const root = mkdtempSync(join(tmpdir(), 'keyed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const look = async (...names: readonly string[]) => {
  const { faults, files } = await keyedModules(root, join(root, 'content/tiny/index.mdx'), names);
  return {
    faults: faults.map(({ where, details }) => [where?.file, where?.line, where?.column, ...details]),
    files: files.map((path) => path.slice(root.length + 1)).toSorted(),
  };
};
const received = (what: string): string =>
  `expected only what it imports, and what it makes of that; received ${what}`;

test('imports are followed to wherever they stand, in every form, and around', async () => {
  write('content/tiny/words.ts', "export { one } from './deep/one.js';\nexport * from '../../lib';\n");
  write('content/tiny/deep/one.ts', "import '../words.ts';\nexport const one: string = 'é' + Date.now();\n");
  write('lib/index.mjs', '\nexport const who = process.env.WHO;\n');
  write(
    'content/tiny/Note.astro',
    "---\nconst é: string = '';\nimport './words.ts';\n---\n<b>{new Date()}</b>\n",
  );
  write('content/tiny/part.mdx', "import Note from './Note.astro'\n\n<Note /> {Math.random()} $a^{b}$\n");
  write('content/tiny/Said.tsx', 'export const Said = () => <b>{process.pid as number}</b>;\n');
  const files = ['content/tiny/deep/one.ts', 'content/tiny/words.ts', 'lib/index.mjs'];
  const faults = [
    ['lib/index.mjs', 2, 20, received('process')],
    ['content/tiny/deep/one.ts', 2, 34, received('Date.now')],
  ];
  expect(await look('./words.ts')).toEqual({ faults, files });
  expect(await look('./part.mdx', './Said')).toEqual({
    faults: [
      ['content/tiny/Said.tsx', 1, 31, received('process')],
      ['content/tiny/part.mdx', 3, 11, received('Math.random')],
      ['content/tiny/Note.astro', 5, 5, received('new Date()')],
      ...faults,
    ],
    files: ['content/tiny/Note.astro', 'content/tiny/Said.tsx', ...files, 'content/tiny/part.mdx'].toSorted(),
  });
});

test('packages, texts of files and what only a browser runs are none of them', async () => {
  write('node_modules/clock/index.js', 'module.exports = Date.now();\n');
  write('content/tiny/clock.ts', 'export const now = Date.now();\n');
  write(
    'content/tiny/Live.astro',
    "---\nimport now from 'clock';\nimport text from './clock.ts?raw';\nimport gone from './gone.ts';\n---\n<script>console.log(Date.now());</script>\n",
  );
  expect(await look('./Live.astro')).toEqual({ faults: [], files: ['content/tiny/Live.astro'] });
});

test('what a build made is none of what the next one is made from, as code, data or text', async () => {
  write('dist/tiny/results.json', '{}');
  write('.paper/kept.ts', 'export const kept = 1;\n');
  const names = ['../../dist/tiny/results.json', '/dist/tiny/results.json?raw', '../../.paper/kept.ts'];
  write('content/tiny/kept.ts', names.map((name) => `import '${name}';\n`).join(''));
  write('content/tiny/told.mdx', names.map((name) => `import '${name}';\n`).join(''));
  for (const file of ['kept.ts', 'told.mdx']) {
    const { faults } = await look(`./${file}`);
    expect(faults).toEqual(names.map((name, at) => [`content/tiny/${file}`, at + 1, 1, received(name)]));
  }
});

test('a module is held to it where a page is rendered, not where a browser runs it', async () => {
  write('content/tiny/since.ts', 'export const since = Date.now();\n');
  const { transform } = refuseUnkeyed(root, undefined) as unknown as {
    readonly transform: { handler(text: string, id: string): Promise<void> };
  };
  const brought = (name: string): Promise<void> =>
    transform.handler.call({ ...transform, environment: { name } }, '', join(root, 'content/tiny/since.ts'));
  await expect(brought('prerender')).rejects.toThrow('UnkeyedRead');
  await brought('client');
});

test('code that does not parse is left to who loads it', async () => {
  write('content/tiny/broken.ts', 'export const = process.env');
  expect(await look('./broken.ts')).toEqual({ faults: [], files: ['content/tiny/broken.ts'] });
});

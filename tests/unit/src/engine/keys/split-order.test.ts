import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundleOf } from '../../../../../src/engine/keys/bundle-stage.ts';
import { projectOf } from './project-of.ts';

/** What the files give when they are split as they are for a stage, and whether they are. */
const given = async (files: Readonly<Record<string, string>>) => {
  const root = projectOf(files);
  const { text, parts } = await bundleOf(
    root,
    { module: join(root, 'main.ts'), exportName: 'main' },
    new Map(),
  );
  for (const { name, content } of parts) writeFileSync(join(root, name), content);
  writeFileSync(join(root, 'bundle.mjs'), text);
  const { definition } = await import(pathToFileURL(join(root, 'bundle.mjs')).href);
  return { value: await definition(), isSplit: parts.length > 0 };
};

const main = `import './first.ts';
import { second } from './second.ts';
export const main = async () => [second(), (await import('./late.ts')).late];
`;
const late = "import { second } from './second.ts';\nexport const late = second() + 1;\n";
const sets = "globalThis.splitOrder = [...(globalThis.splitOrder ?? []), 'first'];\n";

test('what acts as it loads does so in its order, also where a later module is shared with a late one', async () => {
  const second =
    "const found = globalThis.splitOrder?.length ?? 0;\nglobalThis.splitOrder = ['second'];\nexport const second = () => found;\n";
  const { value } = await given({ 'main.ts': main, 'first.ts': sets, 'second.ts': second, 'late.ts': late });
  expect(value).toEqual([1, 2]);
});

test('what does nothing as it loads may load earlier', async () => {
  const second = 'export const second = () => 1;\n';
  expect(await given({ 'main.ts': main, 'first.ts': sets, 'second.ts': second, 'late.ts': late })).toEqual({
    value: [1, 2],
    isSplit: true,
  });
});

const reader = {
  'node_modules/reader/package.json': '{ "name": "reader", "type": "module", "exports": "./index.js" }',
  'node_modules/reader/index.js':
    "import { deep } from './deep.js';\nexport const found = [globalThis.packageOrder ?? 0, deep];\n",
  'node_modules/reader/deep.js': 'export const deep = globalThis.packageOrder ?? 0;\n',
};

test('what acts before a package is imported has acted when the package loads', async () => {
  const { value } = await given({
    ...reader,
    'setup.ts': 'globalThis.packageOrder = 5;\n',
    'main.ts': "import './setup.ts';\nimport { found } from 'reader';\nexport const main = () => found;\n",
  });
  expect(value).toEqual([5, 5]);
});

test('a package before which nothing acts lies beside the bundle', async () => {
  const { value, isSplit } = await given({
    ...reader,
    'plain.ts': 'export const plain = 7;\n',
    'acts.ts': 'globalThis.packageActed = 1;\n',
    'main.ts':
      "import { plain } from './plain.ts';\nimport { found } from 'reader';\nimport './acts.ts';\nexport const main = () => [plain, ...found.slice(2)];\n",
  });
  expect(value).toEqual([7]);
  expect(isSplit).toBe(true);
});

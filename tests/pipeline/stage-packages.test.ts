/** Packages that a stage uses run from its bundle, and their files are in its key. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

test('packages run from the bundle: their files are in the key by content', async () => {
  const folder = join(paper.folder, 'node_modules', 'a-package');
  mkdirSync(join(folder, 'data'), { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  write(
    'package.json',
    '{"name": "a-package", "version": "1.0.0", "type": "module", "exports": {".": "./index.js", "./data/*": "./data/*"}}',
  );
  write('index.js', "import { deep } from './deep.js';\nexport const packaged = deep;\n");
  write('deep.js', "export const deep = 'deep';\n");
  write('data/table.csv', 'a,b');
  const stage = () =>
    paper.stage({
      name: 'packaged',
      preamble: "import { fileURLToPath } from 'node:url';\nimport { packaged } from 'a-package';\n",
      body: `const table = readFileSync(fileURLToPath(import.meta.resolve('a-package/data/table.csv')), 'utf8');
        writeFileSync(context.outputs.result, JSON.stringify(packaged + ' ' + table));`,
    });
  const value = async (): Promise<string> => paper.output(await paper.run(stage()), 'packaged');
  expect(await value()).toBe('"deep a,b"');
  write('deep.js', "export const deep = 'edited in place';\n");
  expect(await value()).toBe('"edited in place a,b"');
  write('data/table.csv', 'c,d');
  expect(await value()).toBe('"edited in place c,d"');
});

test('a package in an older form, whose imports are only known as it runs, is taken by its ES module', async () => {
  const stage = paper.stage({
    name: 'older',
    preamble: "import { parseTree } from 'jsonc-parser';\n",
    body: "writeFileSync(context.outputs.result, JSON.stringify(parseTree('[1]')?.type));",
  });
  expect(await paper.output(await paper.run(stage), 'older')).toBe('"array"');
});

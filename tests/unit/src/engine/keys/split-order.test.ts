import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundleOf } from '../../../../../src/engine/keys/bundle-stage.ts';

/** What the files give when they are split as they are for a stage, and whether they are. */
const given = async (files: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'split-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
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

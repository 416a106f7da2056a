import { expect, test } from 'vitest';
import { nameChunks } from '../../../../../src/engine/keys/name-chunks.ts';
import { sha256 } from '../../../../../src/engine/keys/sha256.ts';

const chunk = `${'c'.repeat(56)}ABCDEFGH`;
const imports = `import"./${chunk}.mjs";`;

const named = (entry: string, late = 'late();') =>
  nameChunks(
    'main',
    new Map([
      ['main', { code: entry, map: undefined }],
      [chunk, { code: late, map: undefined }],
    ]),
    async (code) => code,
  );

test('a file is named after its content, and the one that imports it says that name', async () => {
  const digest = sha256('late();');
  expect((await named(imports))?.map(({ name, code }) => [name, code])).toEqual([
    [`${sha256(`import"./${digest}.mjs";`)}.mjs`, `import"./${digest}.mjs";`],
    [`${digest}.mjs`, 'late();'],
  ]);
});

test.each([
  'chunk-0-.mjs',
  'chunk-1----.mjs',
  `${'chunk-1-'.padEnd(64, '-')}.mjs`,
  `${'c'.repeat(56)}ZZZZZZZZ.mjs`,
])('a string that looks like the name of a file stays what it is: %s', async (text) => {
  const [entry, late] = (await named(`${imports}say("${text}");`, `say("${text}");`))!;
  expect(entry!.code).toBe(`import"./${late!.name}";say("${text}");`);
  expect(late!.code).toBe(`say("${text}");`);
});

test('files that import each other in a ring have no names', async () => {
  expect(await named(imports, imports)).toBeUndefined();
});

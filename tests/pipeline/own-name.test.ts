/** Papers import the tool by the project's own name: for keys, it is the project's own code. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { above } from 'reproducible-paper/claims';
import { afterEach, expect, test } from 'vitest';
import { above as aboveByPath } from '../../src/claims/claim.ts';
import { bundleOf } from '../../src/engine/keys/bundle-stage.ts';
import { createFileDigests } from '../../src/engine/keys/file-digests.ts';
import { stageClosure } from '../../src/engine/keys/stage-closure.ts';

const repository = join(import.meta.dirname, '../..');

const folders: string[] = [];
/** A folder below the repository's work folder. */
const folderOf = (files: Readonly<Record<string, string>>): string => {
  const tests = join(repository, '.paper', 'tests');
  mkdirSync(tests, { recursive: true });
  const folder = mkdtempSync(join(tests, 'own-name-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Door -> a name that it exports, and the file behind it. */
const doors = {
  stage: ['defineStage', 'engine/stage/index.ts'],
  python: ['pythonStage', 'engine/python/index.ts'],
  results: ['writeResults', 'results/index.ts'],
  claims: ['above', 'claims/index.ts'],
  'numerics/pearson': ['pearson', 'numerics/pearson.ts'],
  'tensor/model/gelu': ['gelu', 'tensor/model/gelu.ts'],
} as const;

test('a stage has the same bundle whether it imports by the name or by a path', async () => {
  for (const [door, [name, path]] of Object.entries(doors)) {
    const folder = folderOf({
      'by-name.ts': `import { ${name} } from 'reproducible-paper/${door}';\nexport const tiny = { run: () => ${name} };\n`,
      'by-path.ts': `import { ${name} } from '../../../src/${path}';\nexport const tiny = { run: () => ${name} };\n`,
    });
    const [byName, byPath] = await Promise.all(
      ['by-name.ts', 'by-path.ts'].map((file) =>
        bundleOf(repository, { module: join(folder, file), exportName: 'tiny' }, new Map()),
      ),
    );
    expect(byName!.text, door).toBe(byPath!.text);
    expect(byName!.read, door).toContain(join(repository, 'src', path));
  }
});

test('a paper with packages of its own, where the name is that of a package, has the same bundle', async () => {
  const code = (from: string): string =>
    `import { writeResults } from '${from}';\nexport const tiny = { run: () => writeResults };\n`;
  const folder = folderOf({
    'package.json': JSON.stringify({ name: 'tiny', private: true, type: 'module' }),
    'by-name.ts': code('reproducible-paper/results'),
    'by-path.ts': code('../../../src/results/index.ts'),
  });
  const closures = await Promise.all(
    ['by-name.ts', 'by-path.ts'].map((file) =>
      stageClosure(
        repository,
        { module: join(folder, file), exportName: 'tiny' },
        createFileDigests(),
        new Map(),
      ),
    ),
  );
  expect(closures[0]!.bundle).toBe(closures[1]!.bundle);
  expect(Object.keys(closures[0]!.read)).toContain('src/results/write-results.ts');
});

test('how results are shown is in no bundle of a stage that writes results', async () => {
  const folder = folderOf({
    'stage.ts':
      "import { fixed, writeResults } from 'reproducible-paper/results';\nexport const format = () => fixed(2);\nexport const tiny = { run: () => writeResults };\n",
    'alone.ts':
      "import { writeResults } from '../../../src/results/write-results.ts';\nexport const tiny = { run: () => writeResults };\n",
  });
  const [stage, alone] = await Promise.all(
    ['stage.ts', 'alone.ts'].map((file) =>
      bundleOf(repository, { module: join(folder, file), exportName: 'tiny' }, new Map()),
    ),
  );
  expect(stage!.text).toBe(alone!.text);
});

test('a closure is made again when a file behind the name changes, and only then', async () => {
  const project = folderOf({
    'package.json': JSON.stringify({ name: 'own', type: 'module', exports: { './door': './door.ts' } }),
    'door.ts': 'export const figure = 1;\n',
    'stage.ts': "import { figure } from 'own/door';\nexport const tiny = { run: () => figure };\n",
  });
  const closure = () =>
    stageClosure(
      project,
      { module: join(project, 'stage.ts'), exportName: 'tiny' },
      createFileDigests(),
      new Map(),
    );
  const kept = () =>
    readdirSync(join(project, '.paper/closures')).map(
      (name) => statSync(join(project, '.paper/closures', name)).ino,
    );
  const first = await closure();
  const before = kept();
  expect(await closure()).toEqual(first);
  expect(kept()).toEqual(before);
  writeFileSync(join(project, 'door.ts'), 'export const figure = 2;\n');
  expect((await closure()).bundle).not.toBe(first.bundle);
});

test('the name leads to the same files in Node and in the tests', () => {
  expect(above).toBe(aboveByPath);
  const folder = folderOf({
    'by-name.ts': Object.entries(doors)
      .map(
        ([door, [name]]) =>
          `import { ${name} } from 'reproducible-paper/${door}';\nconsole.log(typeof ${name});\n`,
      )
      .join(''),
  });
  const printed = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'by-name.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(printed).toBe('function\n'.repeat(Object.keys(doors).length));
});

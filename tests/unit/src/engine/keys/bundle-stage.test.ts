import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type Bundle, bundleOf } from '../../../../../src/engine/keys/bundle-stage.ts';
import { sha256 } from '../../../../../src/engine/keys/sha256.ts';
import { traceBundle } from '../../../../../src/engine/keys/trace-bundle.ts';
import { projectOf } from './project-of.ts';

const bundled = (root: string): Promise<Bundle> =>
  bundleOf(root, { module: join(root, 'main.ts'), exportName: 'main' }, new Map());

/** Of the files that ran, all named by their digests. */
const run = async (root: string, { text, parts }: Bundle): Promise<unknown> => {
  for (const { name, content } of parts) writeFileSync(join(root, name), content);
  const file = join(root, `${sha256(text)}.mjs`);
  writeFileSync(file, text);
  const { definition } = await import(pathToFileURL(file).href);
  return definition();
};

const lazily = {
  'main.ts': `import { count } from './shared.ts';
export const main = async () => {
  const { late } = await import('./late.ts');
  return [late(), count(), late()];
};
`,
  'late.ts': `import { count } from './shared.ts';
import { far } from './far.ts';
export const late = () => 10 * count() + far;
`,
  'shared.ts': `let counted = 0;
export const count = () => { counted += 1; return counted; };
`,
  'far.ts': 'export const far = 100;\n',
};

test('what is imported while a stage runs is a file of its own, and shares modules with the rest', async () => {
  const root = projectOf(lazily);
  const bundle = await bundled(root);
  expect(bundle.parts.length).toBeGreaterThan(0);
  for (const { name, content } of bundle.parts) expect(name).toBe(`${sha256(content)}.mjs`);
  expect(await run(root, bundle)).toEqual([110, 2, 130]);
});

test.each([
  ['an export that nobody uses, of a module that both reach', 'shared.ts', 'export const unused = 1;\n'],
  [
    'an export that nobody uses, of one that is reached while it runs',
    'far.ts',
    'export const unused = 1;\n',
  ],
  ['a comment', 'late.ts', '// why\n'],
])('%s changes no file', async (_, name, added) => {
  const before = await bundled(projectOf(lazily));
  const after = await bundled(projectOf({ ...lazily, [name]: lazily[name as 'far.ts'] + added }));
  expect(after.text).toBe(before.text);
  expect(after.parts.map((part) => part.name)).toEqual(before.parts.map((part) => part.name));
});

test.each([
  ['const inner = () => 1;\nexport { inner as outer };\n', 'inner'],
  ['const inner = () => 1;\nexport default inner;\nexport { inner as outer };\n', 'inner'],
])('the name of a local that files give each other changes no file', async (shared, local) => {
  const files = (text: string) => ({
    'main.ts': `import { outer } from './shared.ts';
export const main = async () => outer() + (await import('./late.ts')).late();\n`,
    'late.ts': `import { outer } from './shared.ts';\nexport const late = () => outer();\n`,
    'shared.ts': text,
  });
  const before = await bundled(projectOf(files(shared)));
  const after = await bundled(projectOf(files(shared.replaceAll(local, 'renamed'))));
  expect(after.text).toBe(before.text);
  expect(before.parts).not.toEqual([]);
});

test.each([
  ['main.ts', 'count(), ', ''],
  ['late.ts', '10', '20'],
  ['shared.ts', '+= 1', '+= 2'],
  ['far.ts', '100', '101'],
] as const)('a change of %s changes the text, which names all other files', async (name, was, is) => {
  const before = await bundled(projectOf(lazily));
  const after = await bundled(projectOf({ ...lazily, [name]: lazily[name].replace(was, is) }));
  expect(after.text).not.toBe(before.text);
});

test('modules that import each other while they run', async () => {
  const root = projectOf({
    'main.ts': `export const main = async () => (await import('./one.ts')).one(3);\n`,
    'one.ts': `export const one = async (n: number): Promise<number> =>
  n === 0 ? 5 : 1 + (await (await import('./other.ts')).other(n - 1));\n`,
    'other.ts': `export const other = async (n: number): Promise<number> =>
  n === 0 ? 7 : 1 + (await (await import('./one.ts')).one(n - 1));\n`,
  });
  expect(await run(root, await bundled(root))).toBe(10);
});

test('of CommonJS that is imported while code runs, its names are given', async () => {
  const root = projectOf({
    'main.ts': `export const main = async () => {
  const { one, default: whole } = await import('old');
  return [one, whole.one];
};
`,
    'node_modules/old/package.json': '{"name": "old", "version": "1.0.0"}',
    'node_modules/old/index.js': 'exports.one = 1;\n',
  });
  expect(await run(root, await bundled(root))).toEqual([1, 1]);
});

test('a fault of what is imported while a stage runs is traced to its line', async () => {
  const root = projectOf({
    ...lazily,
    'late.ts': `export const late = (): number => {
  const none: { readonly of?: { readonly deep: number } } = {};
  return none.of!.deep;
};
`,
  });
  const bundle = await bundled(root);
  const failed = await run(root, bundle).then(
    () => '',
    (error: Error) => error.stack!,
  );
  const entry = { module: join(root, 'main.ts'), exportName: 'main' };
  const { where } = await traceBundle(root, entry, `${sha256(bundle.text)}.mjs`, failed);
  expect(where).toMatchObject({ file: 'late.ts', line: 3 });
});

test('a fault of a worker is traced to its line', async () => {
  const root = projectOf({
    'main.ts': `export const main = () => new URL('./worker.ts', import.meta.url).href;\n`,
    'worker.ts': '\nconst none: { readonly of?: { readonly deep: number } } = {};\nnone.of!.deep;\n',
  });
  const bundle = await bundled(root);
  const failed = await run(root, bundle)
    .then((worker) => import(String(worker)))
    .then(
      () => '',
      (error: Error) => error.stack!,
    );
  const entry = { module: join(root, 'main.ts'), exportName: 'main' };
  const { where } = await traceBundle(root, entry, `${sha256(bundle.text)}.mjs`, failed);
  expect(where).toMatchObject({ file: 'worker.ts', line: 3 });
});

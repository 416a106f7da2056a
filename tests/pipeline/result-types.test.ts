/** A build tells editors, and tsc, what its results are called. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { createTinyProject } from './tiny-project.ts';

const repository = join(import.meta.dirname, '../..');
const project = createTinyProject(3);
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

const claims = (table: string, column: string, value: string): string =>
  `import { above, type ClaimsOf, inEverySeed } from 'reproducible-paper/claims';
const scale = { predicate: 'it is large', per: 1, unit: 'sizes' };
export const claims: ClaimsOf<'tiny'> = {
  'by-column': { assess: ({ column }) => above(column('${table}', '${column}').mean, 1, scale) },
  'by-value': { assess: ({ value }) => above(value('${value}'), 1, scale) },
  'over-seeds': { assess: inEverySeed(({ cell }) => above(cell('${table}', 'layer-0', '${column}'), 1, scale)) },
};
`;

/** Names as authors put them together, by functions and loops of their own; each is known when claims are judged. */
const puttingTogether = `import { above, type Assess, type ClaimsOf, inEverySeed, type ResultReader } from 'reproducible-paper/claims';
const scale = { predicate: 'it is large', per: 1, unit: 'sizes' };
const shared: Assess = ({ cell }) => above(cell('sizes', 'layer-0', 'size'), 1, scale);
const meanOf = (results: ResultReader, table: string): number => results.column(table, 'size').mean;
export const claims: ClaimsOf<'tiny'> = {
  'by-function': { assess: inEverySeed(({ rows, cell }) => {
    const of = (column: string): number => cell('sizes', rows('sizes').at(-1)!, column);
    return above(of('size'), 1, scale);
  }) },
  'by-template': { assess: ({ value, cell }) => {
    const sizes = ['size'].map((column) => value(\`sizes.\${column}.mean\`) + cell('sizes', 'layer-0', \`si\${column}\`));
    return above(Math.max(...sizes), 1, scale);
  } },
  'by-loop': { assess: ({ rows, column }) => {
    for (const column of ['layer', 'size'] as const) rows('sizes').concat(column);
    return above(Math.max(...['sizes'].map((table) => column(table, 'size').mean)), 1, scale);
  } },
  'by-shared': { assess: shared, readings: { other: (results) => above(meanOf(results, 'sizes'), 1, scale) } },
};
`;

/** What tsc says of modules of claims. */
const typeErrors = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const folder = join(project.root, 'typed');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const include = ['*.ts', '../.paper/types'];
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(repository, 'tsconfig.json'), include }),
  );
  const tsc = join(repository, 'node_modules/typescript-native/bin/tsc');
  const { stdout } = await execa(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', folder], {
    cwd: folder,
    reject: false,
  });
  return stdout.split('\n').filter((line) => /^(right|right-together|wrong)\.ts/.test(line));
};

test('names that are wrong are errors of types once a paper was built, and none before', async () => {
  const files = {
    'right.ts': claims('sizes', 'size', 'sizes.size.mean'),
    'right-together.ts': puttingTogether,
    'wrong.ts': claims('sizess', 'sizee', 'sizes.size.meann'),
  };
  expect(await typeErrors(files)).toEqual([]);
  await buildResults(project.root, {});
  expect(project.read('.paper/types/tiny.d.ts')).toContain('"sizes": "layer" | "size";');
  const found = await typeErrors(files);
  expect(found.map((line) => /^(\w+\.ts\(\d+),/.exec(line)?.[1])).toEqual([
    'wrong.ts(4',
    'wrong.ts(5',
    'wrong.ts(6',
  ]);
  expect(found[0]).toContain('\'"sizess"\' is not assignable to parameter of type \'"sizes"\'');
});

/** What an editor offers at the mark `|` of a module. */
const offered = (code: string): readonly string[] => {
  const file = join(project.root, 'page.ts');
  const position = code.indexOf('|');
  writeFileSync(file, code.replace('|', ''));
  const roots = [
    file,
    join(project.root, '.paper/types/tiny.d.ts'),
    join(repository, 'src/claims/paper-names.ts'),
    join(repository, 'src/site/mdx-components.d.ts'),
  ];
  const service = ts.createLanguageService({
    getScriptFileNames: () => roots,
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) =>
      ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(path) ?? '') : undefined,
    getCurrentDirectory: () => repository,
    getCompilationSettings: () => ({
      strict: true,
      noEmit: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      types: [],
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  return service.getCompletionsAtPosition(file, position, {})?.entries.map(({ name }) => name) ?? [];
};

test('names of results are offered in a page, and others are taken', async () => {
  await buildResults(project.root, {});
  const props = (component: string, attribute: string): string =>
    `const props: Parameters<MDXProvidedComponents['${component}']>[0] = { ${attribute}: '|', alt: 'x' };\n`;
  expect(offered(props('Value', 'of'))).toEqual(
    expect.arrayContaining(['sizes.size.mean', 'sizes.layer-0.size']),
  );
  expect(offered(props('ResultTable', 'of'))).toEqual(['sizes']);
  expect(offered(props('Claim', 'id'))).toEqual(['size-is-large']);
});

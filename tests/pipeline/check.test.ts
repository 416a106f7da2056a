/** `check` finds every mistake of a paper at once, and runs no stage. */
import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { check } from '../../src/cli/check.ts';
import { figureFaults } from '../../src/cli/check-figures.ts';
import { typeFaults } from '../../src/cli/check-types.ts';
import { commands } from '../../src/cli/commands.ts';
import { optionsOfPapers } from '../../src/cli/options-of-papers.ts';
import { paperIds } from '../../src/cli/paper-ids.ts';
import { createTinyProject, renderedMs, tinyFrontmatter } from './tiny-project.ts';

let project: ReturnType<typeof createTinyProject>;
let printed: string[];
beforeEach(() => {
  project = createTinyProject(3, false);
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  project.remove();
});

const page = (...paragraphs: readonly string[]): void =>
  project.write('content/tiny/index.mdx', `${tinyFrontmatter}${paragraphs.join('\n\n')}\n`);
const found = async () => {
  const { findings, unchecked } = await check(project.root, {});
  return {
    unchecked,
    findings: findings.map(
      ({ severity, name, where }) =>
        `${severity} ${name}${where?.line === undefined ? '' : ` ${where.line}`}`,
    ),
  };
};
const claim = '<Claim id="size-is-large">The size is large.</Claim>';

test('all mistakes of a page are told, in the order of the text, before anything was computed', async () => {
  page(
    claim,
    'It is 3 <Cite of="nobody" />.',
    'See <Ref to="tab:sizes" />, <Value of="sizes.layer-0.size" />, <Value of="size.layer-0.size" /> and $\\frac$.',
    '<Figure of="nothing" alt="Nothing.">A figure.</Figure>',
    '<Claim id="size-is-small">No.</Claim>',
  );
  expect(await found()).toEqual({
    unchecked: { tiny: ['sizes'] },
    findings: [
      'error TypedDigit 9',
      'error UnknownCitation 9',
      'error BadTex 11',
      'error UnknownFigure 13',
      'error UnknownClaim 15',
    ],
  });
  expect(process.exitCode).toBe(1);
  expect(printed.at(-2)).toBe(
    'tiny: 1 stage not up to date, so that names of their results, figures and links were not followed: sizes',
  );
  expect(printed.at(-1)).toMatch(/^tiny: 5 errors, 0 warnings, in \d+\.\d s$/);
  // What is not computed yet may be called anything.
  expect(project.read('.paper/types/tiny.d.ts')).toContain('      [other: string]: string;\n');
  await buildResults(project.root, {});
  expect(printed.at(-1)).toContain('tiny: 1 of 1 stages run');
  expect(project.read('.paper/types/tiny.d.ts')).not.toContain(': string');
});

test('names are held against fresh results, and pages are rendered for their links; dist stays', async () => {
  await buildResults(project.root, {});
  page(claim, 'It is <Value of="sizes.layer-0.sise" /> of <Value of="size.layer-0.size" />.');
  expect((await found()).findings).toEqual(['error UnknownValue 9', 'error UnknownValue 9']);
  page(claim, 'See [it](#nothing).');
  expect((await found()).findings).toEqual(['error DeadLink 9']);
  page('A page.');
  process.exitCode = undefined;
  expect(await found()).toEqual({ unchecked: {}, findings: ['warning UnusedClaim 3'] });
  expect(process.exitCode).toBeUndefined();
  expect(printed.join('\n')).toContain(
    [
      "warning: UnusedClaim: no page shows the claim 'size-is-large'.",
      '  content/tiny/claims.ts:3:3',
      '  hint: write <Claim id="size-is-large"> into content/tiny/index.mdx or a further page, or remove what makes it.',
    ].join('\n'),
  );
  expect(project.read('dist/index.html')).toBe('the site of before');
});

test('a table or a figure that no page shows is a warning; one that a value or a figure reads is not', async () => {
  project.discard('content/tiny/claims.ts');
  project.write(
    'content/tiny/figures/sizes-by-layer.json',
    '{"data": {"name": "sizes"}, "mark": "point", "encoding": {"x": {"field": "layer"}, "y": {"field": "size", "type": "quantitative"}}}',
  );
  page('A page.');
  await buildResults(project.root, {});
  expect((await found()).findings).toEqual(['warning UnusedFigure']);
  project.discard('content/tiny/figures/sizes-by-layer.json');
  expect((await found()).findings).toEqual(['warning UnusedTable']);
  page('A page of <Value of="sizes.size.mean" />.');
  expect((await found()).findings).toEqual([]);
});

/** A value beside the table of sizes. */
const addGap = (): void => {
  const stage = 'experiments/tiny/sizes.ts';
  const gap = "results: [{ kind: 'value', id: 'gap', unit: null, value: 2 }, {";
  project.write(stage, project.read(stage).replace('results: [{', gap));
};

test('a value that no page prints is a warning', async () => {
  addGap();
  page(claim);
  await buildResults(project.root, {});
  expect((await found()).findings).toEqual(['warning UnusedValue']);
  page(claim, 'The gap is <Value of="gap" />.');
  expect((await found()).findings).toEqual([]);
});

test('a value that a claim reads needs no page', async () => {
  addGap();
  const claims = 'content/tiny/claims.ts';
  project.write(
    claims,
    project.read(claims).replace('({ cell }) => above(', "({ cell, value }) => above(value('gap') + "),
  );
  page(claim);
  await buildResults(project.root, {});
  expect((await found()).findings).toEqual([]);
});

test('what was found clean is not looked at again, and every edit is', async () => {
  const figure = (field: string): void =>
    project.write(
      'content/tiny/figures/sizes-by-layer.json',
      `{"data": {"name": "sizes"}, "mark": "point", "encoding": {"x": {"field": "layer"}, "y": {"field": "${field}", "type": "quantitative"}}}`,
    );
  const withFigure = '<Figure of="sizes-by-layer" alt="Sizes.">Sizes.</Figure>';
  figure('size');
  page(claim, withFigure);
  await buildResults(project.root, {});
  expect((await found()).findings).toEqual([]);
  // What no page is made from decides nothing; the page's record says of when it is.
  const record = (): number => renderedMs(project.root);
  const before = record();
  expect((await found()).findings).toEqual([]);
  expect(record()).toBe(before);
  page(claim, withFigure, 'See [it](#nothing).');
  expect((await found()).findings).toEqual(['error DeadLink 11']);
  expect((await found()).findings).toEqual(['error DeadLink 11']);
  page(claim, withFigure);
  figure('sise');
  expect((await found()).findings).toEqual(['error UnknownField 1']);
  figure('size');
  expect((await found()).findings).toEqual([]);
});

test('whatever a page is compiled from is looked at again once it is edited', async () => {
  const shows = '<Source of="experiments/tiny/notes.txt" region="one" />';
  const notes = (name: string): void =>
    project.write('experiments/tiny/notes.txt', `#region ${name}\na line\n#endregion\n`);
  const entry = '@book{knuth, author = {Knuth, Donald}, title = {A book}, year = {1984}}\n';
  notes('one');
  project.write('content/tiny/references.bib', entry);
  page(claim, 'As <Cite of="knuth" />.', shows, '<Bibliography />');
  await buildResults(project.root, {});
  expect((await found()).findings).toEqual([]);
  expect((await found()).findings).toEqual([]);
  // A region of a file that no page is made from otherwise.
  notes('two');
  expect((await found()).findings).toEqual(['error UnknownRegion 11']);
  notes('one');
  project.write('content/tiny/references.bib', entry.replace('knuth', 'knuth1984'));
  expect((await found()).findings).toEqual(['error UnknownCitation 9']);
  project.write('content/tiny/references.bib', entry);
  expect((await found()).findings).toEqual([]);
  // What is warned of is told again although nothing was compiled.
  page('As <Cite of="knuth" />.', shows, '<Bibliography />');
  expect((await found()).findings).toEqual(['warning UnusedClaim 3']);
  expect((await found()).findings).toEqual(['warning UnusedClaim 3']);
});

test('a figure is drawn again for the rows that it draws, and for no others', async () => {
  project.write(
    'content/tiny/figures/sizes-by-layer.json',
    '{"data": {"name": "sizes"}, "transform": [{"filter": "datum.size > 1"}], "mark": "point", "encoding": {"x": {"field": "layer"}, "y": {"field": "size", "type": "quantitative"}}}',
  );
  page(claim, '<Figure of="sizes-by-layer" alt="Sizes.">Sizes.</Figure>');
  const [paper] = await buildResults(project.root, {});
  const faultsOf = async (size: number, claims = {}): Promise<readonly string[]> => {
    const { sizes } = paper!.data.tables;
    const tables = { sizes: { ...sizes!, replicates: [{ seed: null, rows: [{ layer: 0, size }] }] } };
    const data = { ...paper!.data, tables, claims };
    // As if the stage had stored it.
    const entry = { digests: { result: String(size) }, durationMs: 0, machine: {} };
    const finished = new Map([['sizes', { ...paper!.finished.get('sizes')!, entry }]]);
    return (await figureFaults(project.root, {}, { ...paper!, data, finished })).map(({ name }) => name);
  };
  const record = (): number =>
    statSync(join(project.root, '.paper/check/tiny/figure-sizes-by-layer')).mtimeMs;
  expect(await faultsOf(3)).toEqual([]);
  const drawn = record();
  // A claim is in no figure.
  expect(await faultsOf(3, paper!.data.claims)).toEqual([]);
  expect(record()).toBe(drawn);
  expect(await faultsOf(0.5)).toEqual(['EmptyFigure']);
  expect(await faultsOf(4)).toEqual([]);
  expect(record()).toBeGreaterThan(drawn);
});

test('a frontmatter that is wrong, and text that does not parse, are told', async () => {
  project.write('content/tiny/index.mdx', '---\ntitel: Tiny\n---\n\nText.\n');
  // What such a page shows is not known: nothing is called unused.
  expect((await found()).findings).toEqual(['error BadFrontmatter 2']);
  project.write('content/tiny/index.mdx', '---\ntitel: Tiny\n---\n\nA 5 <Cite of="nobody" />.\n');
  expect((await found()).findings).toEqual(['error BadFrontmatter 2', 'error UnknownCitation 5']);
  page('Text <Claim.');
  expect((await found()).findings).toEqual(['error BadMdx 7']);
  project.write('content/tiny/references.bib', '@book{knuth, title = {A');
  expect((await found()).findings).toEqual(['error BadMdx 7', 'error BadBibliography 1']);
});

test('a component that nothing gives is told beside all else, before anything renders', async () => {
  page('<Tabel of="sizes" />', 'It is 3.', claim);
  expect((await found()).findings).toEqual(['error UnknownComponent 7', 'error TypedDigit 9']);
});

test('profiles that are no list are a mistake of the pipeline, told at its line', async () => {
  const text = project.read('experiments/tiny/pipeline.ts');
  project.write('experiments/tiny/pipeline.ts', text.replace("['whole']", "'whole'"));
  page('It is 3.');
  expect((await found()).findings).toEqual(['error BadPaperModule 3', 'error TypedDigit 7']);
});

test('a mistake of one part of a paper hides none of another', async () => {
  const stands = '{ "data": {"name": "sizes"}, "mark": ';
  project.write('content/tiny/figures/a.json', stands);
  project.write('content/tiny/figures/b.json', stands);
  project.write('content/tiny/claims.ts', 'export const claims = unknownName;\n');
  project.write('content/tiny/tables.ts', 'export const tables = { sizes: 3 };\n');
  project.write('content/tiny/reported.json', '[]');
  page(claim, '<Figure of="a" alt="A.">A.</Figure>', 'It is 3 of <Value of="sizes.layer-0.size" />.');
  project.write('experiments/tiny/pipeline.ts', 'export const profiles = unknownName;\n');
  expect((await found()).findings).toEqual([
    'error BadPaperModule 1',
    'error BadPaperModule 1',
    'error BadReportedFile 1',
    'error BadPresentation 1',
    'error BadFigure 1',
    'error BadFigure 1',
    'error TypedDigit 11',
  ]);
});

test('a pipeline that cannot be read hides no other mistake, and nothing is called unknown for want of it', async () => {
  const graph = "({ paper: 'tiny', locked: false, results: [], files: { '/': null } })";
  const broken = `export const profiles = ['whole'];\nexport const defaultProfile = 'hole';\nexport const pipeline = () => ${graph};\n`;
  project.write('experiments/tiny/pipeline.ts', broken);
  project.write(
    'content/tiny/figures/a.json',
    '{"data": {"name": "sizes"}, "mark": "point", "encoding": {"x": {"field": "layer"}, "y": {"field": "size", "type": "quantitative"}}}',
  );
  project.write('content/tiny/tables.ts', 'export const tables = { sizes: { columns: { size: {} } } };\n');
  page(claim, 'It is 3 of <Value of="sizes.layer-0.size" />.', '<Figure of="a" alt="A.">A.</Figure>');
  expect((await found()).findings).toEqual(['error BadPaperModule 2', 'error TypedDigit 9']);
  project.discard('content/tiny/claims.ts');
  project.discard('content/tiny/tables.ts');
  page('It is 3.', '<Figure of="a" alt="A.">A.</Figure>');
  expect((await found()).findings).toEqual(['error BadPaperModule 2', 'error TypedDigit 7']);
  expect(await optionsOfPapers(project.root, commands.check, [])).toEqual(new Map());
  await expect(optionsOfPapers(project.root, commands.build, [])).rejects.toThrow("names a profile 'hole'");
});

test('claims that cannot be judged are told each, beside what the text has wrong', async () => {
  const wrong = (id: string): string =>
    `'${id}': { assess: ({ cell }) => cell('sizes', 'layer-9', 'size') },`;
  const claims = project.read('content/tiny/claims.ts');
  project.write(
    'content/tiny/claims.ts',
    claims.replace('claims = {', `claims = {\n${wrong('one')}\n${wrong('two')}`),
  );
  await buildResults(project.root, {}).catch(() => undefined);
  page(claim, '<Claim id="one">One.</Claim>', 'It is <Value of="sizes.layer-9.size" />.');
  expect((await found()).findings).toEqual([
    'error UnknownRow 3',
    'error UnknownRow 4',
    'error UnknownValue 11',
  ]);
});

test('each stage whose code or parameters cannot be used is told, beside the text', async () => {
  const sizes = project.read('experiments/tiny/sizes.ts');
  const later = 'export const later = (name) => import(name);\n';
  project.write('experiments/tiny/more.ts', sizes.replace('const sizes', 'const more') + later);
  const pipeline = project.read('experiments/tiny/pipeline.ts');
  project.write(
    'experiments/tiny/pipeline.ts',
    `import { more } from './more.ts';\n${pipeline
      .replace('{ size: 3 }', "{ size: 'large' }")
      .replace('results: [', "results: [stage('more', more, { params: { size: 3 } }), ")}`,
  );
  page(claim, 'It is 3.');
  expect((await found()).findings).toEqual([
    'error UntraceableImport 12',
    'error BadParameters 8',
    'error TypedDigit 9',
  ]);
});

test('a module that does not parse is told', async () => {
  project.write('experiments/tiny/pipeline.ts', 'export const profiles = [;\n');
  expect((await found()).findings[0]).toMatch(/^error BadPaperModule/);
});

test('an import that is not there is told at the line that has it', async () => {
  project.write(
    'experiments/tiny/sizes.ts',
    `import './walks.ts';\n${project.read('experiments/tiny/sizes.ts')}`,
  );
  project.write('content/tiny/claims.ts', "\nimport { above } from 'nosuch-package';\nvoid above;\n");
  const { findings } = await check(project.root, {});
  expect(findings.map(({ name, message, hint, where }) => [name, message, hint, where])).toEqual([
    [
      'UnresolvedImport',
      "experiments/tiny/sizes.ts names './walks.ts', which is not there.",
      'paths are relative to the file that names them: mend the path, or add the file.',
      { file: 'experiments/tiny/sizes.ts', line: 1, column: 9 },
    ],
    [
      'UnresolvedImport',
      "content/tiny/claims.ts names 'nosuch-package', which is not there.",
      'install the package, `npm install --save-exact nosuch-package`, or mend its name.',
      { file: 'content/tiny/claims.ts', line: 2, column: 24 },
    ],
  ]);
});

test('a paper without claims is told how one is written, and one with the claims of another whose they are', async () => {
  project.discard('content/tiny/claims.ts');
  page(claim);
  const [missing] = (await check(project.root, {})).findings;
  expect([missing?.name, missing?.hint]).toEqual([
    'UnknownClaim',
    "the paper has no claim: write content/tiny/claims.ts, with `export const claims: ClaimsOf<'tiny'> = { 'size-is-large': { assess: … } };`.",
  ]);
  project.write(
    'content/tiny/claims/more.ts',
    "/** As ClaimsOf<'another'>: */\nexport const more: ClaimsOf<'another'> = {};\n",
  );
  page('A page.');
  const [copied] = (await check(project.root, {})).findings;
  expect(copied).toEqual({
    severity: 'error',
    name: 'BadType',
    message: 'the claims of tiny are typed by the results of another paper.',
    details: ["expected ClaimsOf<'tiny'>; received ClaimsOf<'another'>"],
    hint: "write `ClaimsOf<'tiny'>` there.",
    where: { file: 'content/tiny/claims/more.ts', line: 2, column: 19 },
  });
});

test('types and style of the papers are checked by the tools of the project', async () => {
  const repository = join(import.meta.dirname, '../..');
  project.write('tsconfig.json', JSON.stringify({ extends: join(repository, 'tsconfig.json'), exclude: [] }));
  project.write('biome.json', '{ "root": true, "linter": { "enabled": true } }');
  page(claim);
  project.write('experiments/tiny/wrong.ts', "export const size: number = 'large';\n");
  appendFileSync(
    join(project.root, 'experiments/tiny/wrong.ts'),
    "import { z } from 'zod';\nexport const  spaced = 1;\n",
  );
  const { findings } = await check(project.root, {});
  const at = (line: number) => ({ file: 'experiments/tiny/wrong.ts', line, column: expect.any(Number) });
  expect(findings).toContainEqual({
    severity: 'error',
    name: 'BadType',
    message: "Type 'string' is not assignable to type 'number'.",
    details: [],
    hint: 'TypeScript calls it TS2322: what stands there is not what its place takes.',
    where: at(1),
  });
  expect(findings).toContainEqual({
    severity: 'error',
    name: 'BadStyle',
    message: 'the file is laid out otherwise than the formatter does.',
    details: ['the rule is format'],
    hint: '`node_modules/.bin/biome check --write experiments/tiny/wrong.ts` mends it.',
    where: { file: 'experiments/tiny/wrong.ts' },
  });
  expect(findings.find(({ details: [rule] }) => rule?.endsWith('noUnusedImports'))?.hint).toBe(
    'mend it there; what can be mended by itself is by `node_modules/.bin/biome lint --write --unsafe --only=correctness/noUnusedImports experiments/tiny/wrong.ts`.',
  );
});

test('the types of this project, whatever its own modules declare of packages, are found clean', async () => {
  expect(await typeFaults(process.cwd(), paperIds(process.cwd()))).toEqual([]);
});

test('types that were clean are looked at again once anything is edited that they were read from', async () => {
  const repository = join(import.meta.dirname, '../..');
  project.write('tsconfig.json', JSON.stringify({ extends: join(repository, 'tsconfig.json'), exclude: [] }));
  // Modules that a build wrote in JavaScript's way are of no concern here.
  for (const file of [
    'content/tiny/claims.ts',
    'experiments/tiny/pipeline.ts',
    'experiments/tiny/sizes.ts',
  ]) {
    project.write(file, `// @ts-nocheck\n${project.read(file)}`);
  }
  project.write('lib/size.ts', 'export const size: number = 3;\n');
  project.write(
    'experiments/tiny/use.ts',
    "import { size } from '../../lib/size.ts';\nexport const half: number = size / 2;\n",
  );
  const types = async () => (await typeFaults(project.root, ['tiny'])).map(({ where }) => where?.file);
  expect(await types()).toEqual([]);
  project.write('lib/size.ts', "export const size: string = 'large';\n");
  expect(await types()).toEqual(['experiments/tiny/use.ts']);
  project.write('lib/size.ts', 'export const size: number = 4;\n');
  expect(await types()).toEqual([]);
  project.write('experiments/tiny/added.ts', "export const added: number = 'large';\n");
  expect(await types()).toEqual(['experiments/tiny/added.ts']);
});

test('a tool that ends badly without a word of a mistake is told', async () => {
  project.write('biome.json', '{ "root": tru }');
  page(claim);
  const { findings } = await check(project.root, {});
  expect(findings.map(({ name, message, hint }) => [name, message, hint])).toContainEqual([
    'ToolFailed',
    'biome ended without saying what is wrong.',
    'see that its settings, biome.json, are in order.',
  ]);
});

/** A check refuses what a build refuses, in the same words, and takes what it takes. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { check } from '../../src/cli/check.ts';
import { formatError, PaperError } from '../../src/engine/stage/index.ts';
import { rejectionText } from '../error-text.ts';
import { addToPipeline, explored, importExploration, writeExploration } from './tiny-exploration.ts';
import { createTinyProject, tinyFrontmatter } from './tiny-project.ts';

const repository = join(import.meta.dirname, '../..');
let project: ReturnType<typeof createTinyProject>;
beforeEach(() => {
  project = createTinyProject(3, false);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  page();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
  project.remove();
});

const page = (...paragraphs: readonly string[]): void =>
  project.write(
    'content/tiny/index.mdx',
    `${tinyFrontmatter}${['<Claim id="size-is-large">The size is large.</Claim>', ...paragraphs].join('\n\n')}\n`,
  );

const checked = async (): Promise<readonly string[]> =>
  (await check(project.root, {})).findings.map(({ name, message, details, hint, where }) =>
    formatError(new PaperError(name, message, { details, hint, where: where ?? undefined })),
  );

test.each([
  ['UnpublishedFile', 'explored', "{ weights: 'size.json' }"],
  ['WrongFiles', 'explored', "{ weight: 'sizes.json' }"],
  ['ExplorationNotExported', '{ ...explored }', "{ weights: 'sizes.json' }"],
])('%s of explorations is found before anything was computed, and after', async (name, code, files) => {
  writeExploration(project);
  addToPipeline(project, explored(code, files), importExploration);
  const before = await checked();
  expect(before).toEqual([expect.stringContaining(`${name}: `)]);
  expect([await rejectionText(buildSite(project.root, {}))]).toEqual(before);
  expect(await checked()).toEqual(before);
});

test('code that no browser runs is found where readers explore, each time that it is edited', async () => {
  writeExploration(project);
  addToPipeline(project, explored(), importExploration);
  page('See [it](explorations/sizes.json).');
  expect(await checked()).toEqual([]);
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect((await buildSite(project.root, {})).dist).toBe('fresh');
  expect(await checked()).toEqual([]);
  const worker = () => readdirSync(join(project.root, 'dist/tiny/explorations')).toSorted();
  const first = worker();
  const text = project.read('experiments/tiny/explore.ts');
  // What readers run is made anew with its code.
  project.write('experiments/tiny/explore.ts', text.replace('controls: []', "controls: ['one']"));
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect(worker()).not.toEqual(first);
  project.write('experiments/tiny/explore.ts', `import './native.node';\n${text}`);
  const found = await checked();
  expect(found).toEqual([expect.stringContaining('NotForBrowser: ')]);
  expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found);
});

test.each([
  ['./nosuch.png', '![A tree](./nosuch.png)', 'paths are relative'],
  ['./nosuch.mdx', "import Part from './nosuch.mdx'", 'paths are relative'],
  ['nosuch-package', "import { part } from 'nosuch-package'", 'install the package'],
])('what a page names and is not there is told with its place: %s', async (name, text, hint) => {
  await buildResults(project.root, {});
  page(text);
  const found = await checked();
  expect(found).toEqual([
    expect.stringMatching(
      new RegExp(
        `^UnresolvedImport: a page names '${name}', which is not there\\.\\n {2}content/tiny/index\\.mdx:9:\\d+\\n {2}hint: ${hint}`,
      ),
    ),
  ]);
  expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found);
});

test('what readers would compute anew is held against results', async () => {
  addToPipeline(project, "{ files: {}, recomputable: { sizess: 'every' } }");
  // Which tables there are is not known yet.
  expect(await checked()).toEqual([]);
  await buildResults(project.root, {});
  const found = await checked();
  expect(found).toEqual([
    [
      "UnknownTable: the pipeline would let readers compute 'sizess' anew, which is no table.",
      '  experiments/tiny/pipeline.ts:11:50',
      "  hint: did you mean 'sizes'?",
    ].join('\n'),
  ]);
  expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found);
});

test.each([
  ['content/tiny/values.lock.json', '{"values": [', 'BadValuesLock'],
  ['content/tiny/values.lock.json', '{"values": {"sizes": 3}, "figures": {}}', 'BadValuesLock'],
  ['content/tiny/claims.lock.json', '[]', 'BadClaimsLock'],
  ['content/tiny/reported.json', '{"tables": []}', 'BadReportedFile'],
  ['content/tiny/references.bib', '@book{knuth, title = {A', 'BadBibliography'],
  ['content/tiny/own.csl', '<style>', 'BadCitationStyle'],
  ['content/tiny/figures/sizes.json', '{"mark": ', 'BadFigure'],
  ['package.json', '{"repository": 5}', 'BadPackage'],
])('%s that holds %s is found before anything was computed, and after', async (file, text, name) => {
  if (/\.(bib|csl)$/.test(file)) page('As <Cite of="knuth" />.', '<Bibliography />');
  if (file.endsWith('.csl')) {
    project.write(
      'content/tiny/references.bib',
      '@book{knuth, author = {Knuth, D.}, title = {A}, year = {1984}}\n',
    );
    project.write(
      'content/tiny/index.mdx',
      project.read('content/tiny/index.mdx').replace('---\n', '---\ncitationStyle: own.csl\n'),
    );
  }
  project.write(file, text);
  const found = await checked();
  expect(found).toEqual([expect.stringContaining(`${name}: `)]);
  expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found);
  expect(await checked()).toEqual(found);
});

test.each(['values.lock.json', 'claims.lock.json', 'reported.json', 'references.bib', 'figures/sizes.json'])(
  'a folder in the place of %s is refused by name',
  async (file) => {
    rmSync(join(project.root, 'content/tiny', file), { force: true });
    mkdirSync(join(project.root, 'content/tiny', file), { recursive: true });
    const found = await checked();
    expect(found).toEqual([
      [
        `FileUnusable: content/tiny/${file} cannot be read: it is a folder.`,
        `  content/tiny/${file}`,
        '  expected a file of this name; received a folder',
        '  hint: move it away, or give it a name without an ending.',
      ].join('\n'),
    ]);
    expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found);
  },
);

test('what a build puts beside pages can be linked to, where the site has it', async () => {
  writeExploration(project);
  addToPipeline(
    project,
    explored().replace(/\}$/, ", recomputable: { sizes: 'every' } }"),
    importExploration,
  );
  const files = [
    'card.png',
    'results.json',
    'provenance.json',
    'ro-crate-metadata.json',
    'sizes.json',
    'tables/sizes.csv',
    'tables/sizes.json',
    'tables/sizes/',
    'recompute/sizes.json',
    'explorations/sizes.json',
    'claims/',
    'changes/',
    '../feed.xml',
    '../sitemap.xml',
    '../how-this-site-knows/',
  ];
  page(...files.map((file) => `See [it](${file}).`));
  vi.stubEnv('PAPER_SITE', 'https://example.org');
  await buildResults(project.root, {});
  expect(await checked()).toEqual([]);
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  // A site that does not know its address has neither a feed nor a map: a build stops at the first.
  vi.stubEnv('PAPER_SITE', '');
  const found = await checked();
  expect(found).toEqual(
    ['feed', 'sitemap'].map((name) => expect.stringContaining(`DeadLink: the link '../${name}.xml'`)),
  );
  expect(await rejectionText(buildSite(project.root, {}))).toBe(found[0]);
});

test.each([
  ['PAPER_SITE', 'garbage', 'BadOrigin'],
  ['PAPER_BASE', '../up', 'BadBase'],
  ['PAPER_BASE', '/ä/', 'BadBase'],
])('%s=%s is refused before anything runs', async (variable, text, name) => {
  vi.stubEnv(variable, text);
  const found = await rejectionText(check(project.root, {}));
  expect(found).toContain(`${name}: '${text}'`);
  expect(await rejectionText(buildSite(project.root, {}))).toBe(found);
});

test('whatever lies where commands remember things, they do what they did', async () => {
  project.write('tsconfig.json', JSON.stringify({ extends: join(repository, 'tsconfig.json'), exclude: [] }));
  for (const file of ['content/tiny/claims.ts', 'experiments/tiny/pipeline.ts', 'experiments/tiny/sizes.ts'])
    project.write(file, `// @ts-nocheck\n${project.read(file)}`);
  await buildSite(project.root, {});
  expect(await checked()).toEqual([]);
  const places = ['check', 'types', 'site'].flatMap((folder) =>
    readdirSync(join(project.root, '.paper', folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  expect(places.length).toBeGreaterThan(5);
  const junk = [
    (file: string) => writeFileSync(file, '{'),
    (file: string) => writeFileSync(file, '{"key": "x", "told": {}, "shown": 3, "files": []}'),
    (file: string) => {
      rmSync(file);
      mkdirSync(join(file, 'deep'), { recursive: true });
    },
  ];
  for (const put of junk) {
    for (const file of places) put(file);
    expect(await checked()).toEqual([]);
    expect((await buildSite(project.root, {})).dist).toBe('rendered');
  }
});

test.each([
  [
    'a page',
    'content/tiny/index.mdx:8:9',
    { 'content/tiny/index.mdx': `${tinyFrontmatter}\n{'At '}{Date()}\n` },
  ],
  [
    'a module of a page',
    'words/who.ts:1:20',
    {
      'content/tiny/index.mdx': `${tinyFrontmatter}import { who } from '../../words/said.ts'\n\n{who}\n`,
      'words/said.ts': "export { who } from './who.ts';",
      'words/who.ts': 'export const who = process.env.WHO;',
    },
  ],
  [
    'a component',
    'content/tiny/When.astro:1:5',
    {
      'content/tiny/index.mdx': `${tinyFrontmatter}import When from './When.astro'\n\n<When />\n`,
      'content/tiny/When.astro': '<b>{new Date().getDay() > 5 ? "rest" : "work"}</b>',
    },
  ],
  [
    'claims',
    'content/tiny/claims.ts:1:1',
    { 'content/tiny/claims.ts': "import { readFileSync } from 'node:fs';\n" },
  ],
  [
    'words of tables',
    'content/tiny/tables.ts:1:20',
    { 'content/tiny/tables.ts': 'export const now = Date.now();' },
  ],
  [
    'a figure',
    'content/tiny/figures/a.ts:1:32',
    { 'content/tiny/figures/a.ts': 'export default { title: String(Math.random()) };' },
  ],
] as const)(
  'UnkeyedRead: what nothing holds is refused in %s, by a check and a build',
  async (_, place, files) => {
    for (const [file, text] of Object.entries(files)) project.write(file, text);
    const found = await checked();
    expect(found[0]).toMatch(/^UnkeyedRead: /);
    expect(found[0]).toContain(`\n  ${place}\n`);
    expect([await rejectionText(buildSite(project.root, {}))]).toEqual(found.slice(0, 1));
  },
);

/** Two papers in one project: each has its own profiles, options and locks, and every remedy that is printed works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildResults } from '../../src/cli/build-results.ts';
import { acceptValues } from '../../src/cli/diff.ts';
import { askedPapers, loadPapers, paperOptionsOf } from '../../src/cli/load-papers.ts';
import { printStatus } from '../../src/cli/print-status.ts';
import { errorText, rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
const { root } = project;
const source = join(import.meta.dirname, '../../src');

/** A second paper with profiles of its own, and an option; its claim has a name of its own, and one of the first's. */
const second = (options: string): void =>
  project.write(
    'experiments/other/pipeline.ts',
    `import { stage } from '${source}/engine/stage/pipeline.ts';
import { sizes } from '../tiny/sizes.ts';
export const profiles = ['large', 'small'];
export const defaultProfile = 'large';
export const fromZero = 'small';
export const options = ${options};
export const pipeline = (profile, { size = '5' }) => ({
  paper: 'other', locked: profile === 'large', files: {},
  results: [stage('sizes', sizes, { params: { size: profile === 'small' ? 2 : Number(size) } })],
});
`,
  );
second("{ size: { description: 'how large' } }");
project.write('content/other/index.mdx', '---\ntitle: Other\nsummary: S.\nauthors: [A]\n---\n\nA page.\n');
project.write(
  'content/other/claims.ts',
  `import { above } from '${source}/claims/claim.ts';
const large = (limit) => ({ assess: ({ cell }) => above(cell('sizes', 'layer-0', 'size'), limit, {
  predicate: 'the size is large', per: 1, unit: 'sizes', noise: 0.1 }) });
export const claims = { 'size-is-large': large(1), 'size-is-larger': large(4) };
`,
);

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

const loaded = async (options: Record<string, string>): Promise<readonly string[]> =>
  (await loadPapers(root, options)).map(({ id, profile }) => `${id}=${profile}`);
const lockOf = (paper: string): readonly string[] =>
  Object.keys(JSON.parse(readFileSync(join(root, `content/${paper}/claims.lock.json`), 'utf8')).claims);

test('a profile is of the papers that have one of its name, or of one paper', async () => {
  expect(await loaded({})).toEqual(['other=large', 'tiny=whole']);
  expect(await loaded({ profile: 'small' })).toEqual(['other=small', 'tiny=whole']);
  expect(await loaded({ profile: 'other=small,tiny=whole' })).toEqual(['other=small', 'tiny=whole']);
  expect(await loaded({ 'from-zero': 'true' })).toEqual(['other=small', 'tiny=whole']);
  expect(await loaded({ paper: 'tiny' })).toEqual(['tiny=whole']);
  expect(await rejectionText(loaded({ profile: 'smal' }))).toBe(
    [
      "UnknownProfile: other and tiny have no profile 'smal'.",
      '  expected one of large, small, whole',
      "  hint: did you mean 'small'?",
    ].join('\n'),
  );
  expect(await rejectionText(loaded({ profile: 'tiny=small' }))).toContain(
    "UnknownProfile: tiny has no profile 'small'.",
  );
  expect(await rejectionText(loaded({ profile: 'othr=small' }))).toBe(
    [
      "UnknownPaper: --profile names a paper 'othr' that is not asked for.",
      '  expected one of other, tiny',
      "  hint: did you mean 'other'?",
    ].join('\n'),
  );
  expect(errorText(() => askedPapers(root, { paper: 'tin' }))).toBe(
    [
      "UnknownPaper: there is no paper 'tin'.",
      '  expected one of other, tiny',
      "  hint: did you mean 'tiny'?",
    ].join('\n'),
  );
});

test('an option reaches the paper whose own it is', async () => {
  const [other, tiny] = await loadPapers(root, { size: '7' });
  const sizeOf = (paper = other): unknown => {
    const [result] = paper!.pipeline.results;
    return result && 'params' in result ? result.params : undefined;
  };
  expect([sizeOf(other), sizeOf(tiny)]).toEqual([{ size: 7 }, { size: 3 }]);
  expect([...(await paperOptionsOf(root, {}, ['help'])).keys()]).toEqual(['other']);
  expect(await rejectionText(paperOptionsOf(root, {}, ['size']))).toBe(
    [
      "BadPaperOption: other cannot have an option '--size'.",
      '  experiments/other/pipeline.ts',
      '  every command has a flag of this name',
      '  hint: rename it in `options`.',
    ].join('\n'),
  );
});

test('one build has the papers that are asked for', async () => {
  const papers = async (options: Record<string, string>) =>
    (await buildResults(root, options)).map(({ data }) => data.paper);
  expect(await papers({})).toEqual(['other', 'tiny']);
  expect(await papers({ paper: 'other' })).toEqual(['other']);
  expect((await printStatus(root, { paper: 'tiny' })).map(({ paper }) => paper)).toEqual(['tiny']);
});

test('a verdict is recorded in the lock of the paper that has the claim', async () => {
  await acceptVerdicts(root, {}, ['size-is-larger']);
  expect(lockOf('other')).toEqual(['size-is-larger']);
  expect(await rejectionText(acceptVerdicts(root, {}, ['size-is-large']))).toBe(
    [
      "AmbiguousClaim: other and tiny have a claim 'size-is-large' each.",
      '  expected the name of one paper',
      '  hint: name it: `npm run paper -- accept --paper other size-is-large`.',
    ].join('\n'),
  );
  await acceptVerdicts(root, { paper: 'other' }, ['size-is-large']);
  expect(lockOf('other')).toEqual(['size-is-large', 'size-is-larger']);
  expect(await rejectionText(acceptVerdicts(root, {}, ['size-is-largest']))).toBe(
    "UnknownClaim: there is no claim 'size-is-largest' to accept.\n  hint: did you mean 'size-is-large'?",
  );
  await acceptVerdicts(root, { paper: 'tiny' }, 'all');
  expect(lockOf('tiny')).toEqual(['size-is-large']);
});

test('the values of one paper are accepted without any other, and dist stays', async () => {
  project.write(
    'content/tiny/index.mdx',
    '---\ntitle: T\nsummary: S.\nauthors: [A]\n---\n\n<Value of="sizes.size.mean" />\n',
  );
  project.write('content/other/index.mdx', 'No page at all.');
  await acceptVerdicts(root, { paper: 'tiny' }, 'all');
  const [accepted] = await acceptValues(root, { paper: 'tiny' });
  expect(accepted).toMatchObject({ paper: 'tiny' });
  expect(project.read('content/tiny/values.lock.json')).toMatch(/sizes.*"mean":"3"/);
  expect(project.read('dist/index.html')).toBe('the site of before');
});

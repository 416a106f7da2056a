import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildResults } from '../../src/cli/build-results.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { acceptValues, diff } from '../../src/cli/diff.ts';
import { path } from '../../src/cli/path.ts';
import { why } from '../../src/cli/why.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
const { root } = project;
const source = join(import.meta.dirname, '../../src');

// The size is an option, so that one process can ask for another pipeline.
project.write(
  'experiments/tiny/pipeline.ts',
  `import { stage } from '${source}/engine/stage/pipeline.ts';
import { sizes } from './sizes.ts';
export const profiles = ['whole', 'trained'];
export const defaultProfile = 'whole';
export const options = { size: { description: 'how large' } };
export const pipeline = (profile, { size = '3' }) => ({
  paper: 'tiny', locked: profile === 'whole', files: {},
  results: [stage('sizes', sizes, { params: { size: Number(size) } })],
});
`,
);
project.write(
  'content/tiny/index.mdx',
  `---
title: Tiny
summary: A page.
authors: [A]
original: { title: T, authors: B, date: D }
---

A page of size <Value of="sizes.size.mean" />, and no other.

<Claim id="size-is-large">The size is large: <Value of="sizes.size.max" />.</Claim>

<ResultTable of="sizes">Sizes.</ResultTable>
`,
);

let output: string[] = [];
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation((text) => output.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => output.push(String(text)));
});
afterEach(() => {
  output = [];
  process.exitCode = undefined;
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});
const told = (): string => output.join('\n').replace(/key [0-9a-f]{8}/g, 'key <key>');

const [inTable, inSentence, inClaim] = [
  'content/tiny/index.mdx:12:1 <ResultTable>',
  'content/tiny/index.mdx:8:16 <Value>',
  'content/tiny/index.mdx:10:46',
];

test('a value that nothing made yet is explained by the stage that would, and has no number', async () => {
  const [explanation] = await why(root, {}, ['sizes.layer-0.size']);
  expect(explanation).toMatchObject({ kind: 'value', today: null, page: null, makers: ['sizes'] });
  expect(told()).toBe(
    [
      'value sizes.layer-0.size',
      '  NOT KNOWN TODAY: not all that makes it is up to date; run `npm run build`',
      '  the built pages do not have it',
      `  named in ${inTable}`,
      '  made by sizes  missing: it never ran here, exact, key <key>',
      '      experiments/tiny/sizes.ts:4',
      '      with {"size":3}',
    ].join('\n'),
  );
  expect(await rejectionText(path(root, {}, ['sizes']))).toBe(
    [
      "NotMade: 'sizes' has no outputs of today: it is missing.",
      '  it never ran here',
      '  hint: run `npm run paper -- results` first, which makes what is not up to date.',
    ].join('\n'),
  );
  expect(await rejectionText(diff(root, {}))).toContain('NothingBuilt: there is no built page to read');
});

test('results are explained without a built page, with the places and claims that use them', async () => {
  await buildResults(root, {});
  output = [];
  const [value, claim, stage] = await why(root, {}, ['sizes.size.mean', 'size-is-large', 'sizes']);
  expect(value).toMatchObject({
    today: { shown: '3', raw: 3, unit: '1' },
    page: null,
    places: [inSentence, inTable],
    claims: ['size-is-large'],
  });
  expect(value?.chain[0]?.code).toContain('experiments/tiny/sizes.ts');
  expect(claim?.today?.shown).toBe('holds: the size is above one');
  expect(claim).toMatchObject({ makers: ['sizes'], reads: ['sizes'] });
  expect(stage).toMatchObject({ kind: 'table', results: ['size-is-large'] });
  const [{ path: stored } = { path: '' }] = await path(root, {}, ['sizes', 'result']);
  expect(project.read(stored.slice(root.length + 1))).toContain('"size":3');
});

test('what is named wrongly is refused with the nearest name', async () => {
  expect(await rejectionText(why(root, {}, ['sizes.layer-0.sise']))).toBe(
    [
      "UnknownId: nothing is called 'sizes.layer-0.sise': no value, table, claim or stage.",
      "  hint: did you mean 'sizes.layer-0.size'?",
    ].join('\n'),
  );
  expect(await rejectionText(why(root, {}, []))).toContain(
    'NothingNamed: why needs the id of a value, a table, a claim or a stage.',
  );
  expect(await rejectionText(path(root, {}, ['size']))).toBe(
    ["UnknownStage: there is no stage 'size'.", "  hint: did you mean 'sizes'?"].join('\n'),
  );
  expect(await rejectionText(path(root, {}, ['sizes', 'results']))).toBe(
    ["UnknownOutput: there is no output 'results'.", "  hint: did you mean 'result'?"].join('\n'),
  );
});

test('what the pages display is accepted, and held from then on', async () => {
  await acceptVerdicts(root, {}, 'all');
  await buildSite(root, {});
  output = [];
  const [before] = await diff(root, {});
  expect(before?.against).toBe('nothing accepted yet');
  expect(process.exitCode).toBe(1);
  expect(told()).toContain(
    [
      'ValuesChanged: the pages display other values than were accepted.',
      `  tiny: ${before?.changes.length} changed`,
      '  hint: look at each above; if they are right, `npm run paper -- accept --values --paper tiny`.',
    ].join('\n'),
  );
  process.exitCode = undefined;

  await acceptValues(root, {});
  expect(project.read('content/tiny/values.lock.json')).toContain(
    '"sizes.layer-0": {"layer":"0","size":"3"}',
  );
  expect(await diff(root, {})).toMatchObject([{ changes: [], crossings: [] }]);
  expect(process.exitCode).toBeUndefined();
  expect((await why(root, {}, ['sizes.size.mean']))[0]?.page).toMatchObject({ shown: '3', current: true });
});

test('pages of before an edit of their text or of a figure are no answer either', async () => {
  const text = project.read('content/tiny/index.mdx');
  await expect(diff(root, {})).resolves.toHaveLength(1);
  const edited = async (file: string, content: string): Promise<void> => {
    project.write(file, content);
    expect(await rejectionText(diff(root, {}))).toContain(`${file} was edited since they were built`);
  };
  await edited('content/tiny/figures/new.json', '{}');
  project.discard('content/tiny/figures/new.json');
  await edited('content/tiny/index.mdx', `${text}More.\n`);
  project.write('content/tiny/index.mdx', text);
});

test('pages of before are no answer', async () => {
  const [explanation] = await why(root, { size: '4' }, ['sizes.size.mean']);
  expect(explanation).toMatchObject({ today: null, page: { shown: '3', current: false } });
  expect(told()).toContain("the built pages have '3', which may be of before");
  expect(await rejectionText(diff(root, { size: '4' }))).toBe(
    [
      "BuiltBefore: the pages in dist are not of today's code and inputs.",
      "  'sizes': parameter size changed from 3 to 4",
      '  hint: build first: `npm run build -- --paper tiny --profile whole`; what is displayed is read back from dist.',
    ].join('\n'),
  );
  await buildResults(root, { size: '4' });
  output = [];
  await why(root, { size: '4' }, ['sizes.size.mean']);
  expect(told()).toMatch(/^value sizes\.size\.mean: 4 /);
  expect(told()).toContain("NOT CURRENT: the built pages have '3', of before; run `npm run build`");
  expect(await rejectionText(diff(root, { size: '4' }))).toContain(
    "'sizes': it ran again since they were built",
  );
});

test('a change is told by sentence, table and claim, with the line that prints it', async () => {
  await buildSite(root, { size: '4' });
  output = [];
  const [{ changes } = { changes: [] }] = await diff(root, { size: '4', markdown: 'true' });
  expect(changes.map(({ kind, id, before, after, at }) => [kind, id, before, after, at])).toEqual([
    ['sentence', 'sizes.size.mean', '3', '4', inSentence.replace(' <Value>', '')],
    ['sentence', 'sizes.size.max', '3', '4', inClaim],
    ['table', 'sizes.layer-0.size', '3', '4', inTable.replace(' <ResultTable>', '')],
  ]);
  expect(told()).toContain(
    '| sentence<br>`content/tiny/index.mdx:8:16`<br>A page of size 4, and no other. | `sizes.size.mean` | 3 | 4 |',
  );
  expect(process.exitCode).toBe(1);
  expect(await rejectionText(diff(root, { against: 'no-such-revision' }))).toContain(
    "UnknownRevision: git knows no revision 'no-such-revision'.",
  );
});

test('what a build trains is shown and binds nothing', async () => {
  expect(await diff(root, { profile: 'trained' })).toMatchObject([{ against: null, changes: [] }]);
  expect(told()).toContain('tiny: profile trained is trained in the build');
  expect(await rejectionText(acceptValues(root, { profile: 'trained' }))).toBe(
    [
      'NothingLocked: no paper has values to accept in this profile.',
      "  tiny: profile 'trained' is trained in the build",
      '  hint: accept the values of a profile that is computed from committed weights.',
    ].join('\n'),
  );
  project.write(
    'dist/tiny/results.json',
    project.read('dist/tiny/results.json').replace('"profile": "whole"', '"profile": "trained"'),
  );
  expect(await rejectionText(diff(root, { size: '4' }))).toBe(
    [
      'BuiltOtherwise: dist holds another profile of tiny.',
      "  expected 'whole'; received 'trained'",
      '  hint: build first: `npm run build -- --paper tiny --profile whole`; what is displayed is read back from dist.',
    ].join('\n'),
  );
});

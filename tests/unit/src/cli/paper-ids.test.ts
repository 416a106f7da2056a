import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPaperModule } from '../../../../src/cli/import-paper-module.ts';
import { paperIds } from '../../../../src/cli/paper-ids.ts';
import { errorText, rejectionText } from '../../../error-text.ts';

let root = '';
const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paper-ids-'));
  write('content/first/index.mdx');
  write('experiments/first/pipeline.ts');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a paper is a folder on either side', () => {
  expect(paperIds(root)).toEqual(['first']);
});

test('a page whose twin is misnamed is refused with the nearest name', () => {
  write('content/second/index.mdx');
  write('experiments/secnod/pipeline.ts');
  expect(errorText(() => paperIds(root))).toBe(
    [
      'ExperimentsWithoutPaper: experiments/secnod has no content/secnod/index.mdx.',
      '  expected one of content/first, content/second',
      "  hint: did you mean 'second'?",
    ].join('\n'),
  );
});

test('a page without experiments is refused, whether or not it has its file', () => {
  mkdirSync(join(root, 'content', 'second'));
  expect(errorText(() => paperIds(root))).toBe(
    [
      'PaperWithoutExperiments: content/second has no experiments/second/pipeline.ts.',
      '  expected one of experiments/first',
      '  hint: write experiments/second/pipeline.ts, or move content/second away.',
    ].join('\n'),
  );
});

test('a folder without its file is refused', () => {
  mkdirSync(join(root, 'content', 'second'));
  write('experiments/second/pipeline.ts');
  expect(errorText(() => paperIds(root))).toBe(
    [
      'ExperimentsWithoutPaper: experiments/second has no content/second/index.mdx.',
      '  expected one of content/first, content/second',
      '  hint: write content/second/index.mdx, or move experiments/second away.',
    ].join('\n'),
  );
});

test('a project without content is told so', () => {
  rmSync(join(root, 'content'), { recursive: true });
  expect(errorText(() => paperIds(root))).toBe(
    [
      'NoPapers: there is no folder content/ in this project.',
      '  expected content/<paper>/index.mdx and experiments/<paper>/pipeline.ts',
      '  hint: run the command in a project that has both folders, or bring them back: `git status` lists what is gone.',
    ].join('\n'),
  );
});

const load = (text: string): Promise<string> => {
  write('experiments/first/pipeline.ts', text);
  return rejectionText(
    importPaperModule<{ profiles: unknown; pipeline: unknown }>(root, 'experiments/first/pipeline.ts', [
      'profiles',
      'pipeline',
    ]),
  );
};

test('a pipeline that throws as it is loaded is told with its place', async () => {
  expect(await load("\nthrow new Error('no such thing');\n")).toMatch(
    /^BadPaperModule: experiments\/first\/pipeline\.ts throws as it is loaded: no such thing\n {2}experiments\/first\/pipeline\.ts:2:\d+\n {2}hint: mend it there and run the same command again\.$/,
  );
});

test('a pipeline that does not parse is told with its line', async () => {
  write('experiments/first/pipeline.ts', 'export const profiles = [];\nexport const pipeline: = 3;\n');
  // In a process of its own: here modules are loaded by the test runner, and told in its words.
  const { stdout } = await execa(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    `import { importPaperModule } from ${JSON.stringify(join(process.cwd(), 'src/cli/import-paper-module.ts'))};
       import { formatError } from ${JSON.stringify(join(process.cwd(), 'src/engine/stage/paper-error.ts'))};
       await importPaperModule(${JSON.stringify(root)}, 'experiments/first/pipeline.ts', []).catch((error) => console.log(formatError(error)));`,
  ]);
  expect(stdout).toMatch(
    /^BadPaperModule: experiments\/first\/pipeline\.ts does not parse: .+\n {2}experiments\/first\/pipeline\.ts:2\n {2}hint: mend it there and run the same command again\.$/,
  );
});

test('a name that a module does not export is no fault of syntax', async () => {
  write('experiments/first/names.ts', 'export const one = 1;\n');
  write('experiments/first/pipeline.ts', "import { two } from './names.ts';\nexport const three = two;\n");
  const { stdout } = await execa(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    `import { importPaperModule } from ${JSON.stringify(join(process.cwd(), 'src/cli/import-paper-module.ts'))};
       await importPaperModule(${JSON.stringify(root)}, 'experiments/first/pipeline.ts', []).catch(({ message }) => console.log(message));`,
  ]);
  expect(stdout).toMatch(/^experiments\/first\/pipeline\.ts imports what is not there: .+ named 'two'$/);
});

test('a pipeline that keeps to itself what it has to export is told the line', async () => {
  expect(
    (await load('\nconst pipeline = () => ({});\nexport const profiles = [pipeline];')).split('\n'),
  ).toEqual([
    'BadPaperModule: experiments/first/pipeline.ts does not export pipeline.',
    '  experiments/first/pipeline.ts:2:1',
    '  expected profiles, pipeline',
    '  received profiles',
    '  hint: write `export` before it: `export const pipeline`.',
  ]);
});

test('a pipeline that lacks an export is told which', async () => {
  expect(await load('export const profiles = [];')).toBe(
    [
      'BadPaperModule: experiments/first/pipeline.ts does not export pipeline.',
      '  experiments/first/pipeline.ts',
      '  expected profiles, pipeline',
      '  received profiles',
      '  hint: write `export const pipeline = ...` there.',
    ].join('\n'),
  );
});

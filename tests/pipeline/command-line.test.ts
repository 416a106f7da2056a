import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { configFor } from '../../experiments/paper-54/config.ts';
import { graphOf } from '../../experiments/paper-54/pipeline.ts';
import { commands } from '../../src/cli/commands.ts';
import { loadPaper } from '../../src/cli/load-paper.ts';
import { paperIds } from '../../src/cli/paper-ids.ts';
import { resultMembers, stagesInOrder } from '../../src/engine/stage/pipeline.ts';

const paper = async (...args: readonly string[]): Promise<{ code: number | undefined; text: string }> => {
  const { exitCode, all } = await execa(process.execPath, ['scripts/paper.mjs', ...args], {
    all: true,
    reject: false,
  });
  return { code: exitCode, text: all.replaceAll(process.cwd(), '<root>').trim() };
};

test('an unknown flag is refused before anything runs, with the nearest one', async () => {
  expect(await paper('build', '--profil', 'quick')).toEqual({
    code: 1,
    text: [
      "UnknownFlag: there is no flag '--profil'.",
      '  expected --profile, --corpus, --sha256, --backend, --json',
      "  hint: did you mean '--profile'?",
    ].join('\n'),
  });
});

test('an unknown backend is refused before anything runs, and published runs know no such flag', async () => {
  expect(await paper('status', '--backend', 'java')).toEqual({
    code: 1,
    text: [
      "UnknownBackend: there is no backend 'java'.",
      '  expected one of native, js',
      "  hint: did you mean 'js'?",
    ].join('\n'),
  });
  expect((await paper('train', '--backend', 'js')).text).toContain(
    "UnknownFlag: there is no flag '--backend'.",
  );
});

test('an unknown profile is refused with the nearest one', async () => {
  const { code, text } = await paper('results', '--profile', 'quik');
  expect(code).toBe(1);
  expect(text).toContain(
    [
      "UnknownProfile: paper-54 has no profile 'quik'.",
      '  expected one of quick, paper',
      "  hint: did you mean 'quick'?",
    ].join('\n'),
  );
});

test('an unknown command is refused with the nearest one', async () => {
  expect(await paper('biuld')).toEqual({
    code: 1,
    text: [
      "UnknownCommand: there is no command 'biuld'.",
      '  expected one of build, results, status, train, attest, audit, accept, why, diff, path, verify, gc, dev, preview',
      "  hint: did you mean 'build'?",
    ].join('\n'),
  });
});

test('a name that every object has is no command', async () => {
  expect(await paper('toString')).toEqual({
    code: 1,
    text: [
      "UnknownCommand: there is no command 'toString'.",
      '  expected one of build, results, status, train, attest, audit, accept, why, diff, path, verify, gc, dev, preview',
      "  hint: did you mean 'train'?",
    ].join('\n'),
  });
});

test('words that a command does not take are refused', async () => {
  expect(await paper('preview', 'dist')).toEqual({
    code: 1,
    text: [
      "UnexpectedWord: 'preview' takes no words; 'dist' was given.",
      '  expected preview and its flags: --port, --help',
      '  hint: see `npm run paper -- preview --help`.',
    ].join('\n'),
  });
});

test('a flag without its value, and a value that a switch does not take, are refused', async () => {
  expect((await paper('status', '--profile')).text).toBe(
    [
      'FlagWithoutValue: --profile was given without a value.',
      "  --profile: which of the paper's profiles to build; its default one unless given",
      '  hint: give one: `--profile <value>`.',
    ].join('\n'),
  );
  expect((await paper('accept', '--all=yes')).text).toBe(
    [
      'UnexpectedValue: --all takes no value.',
      '  --all: every claim, instead of those that are named',
      '  hint: write `--all` alone.',
    ].join('\n'),
  );
});

test('a port that is no number is refused', async () => {
  expect(await paper('preview', '--port', 'abc')).toEqual({
    code: 1,
    text: [
      "BadPort: 'abc' is no port.",
      "  expected a whole number from 0 to 65535; received 'abc'",
      '  hint: give one: `npm run preview -- --port 4322`.',
    ].join('\n'),
  });
});

test('every command has help with an example and its exit codes, without colours or paths', async () => {
  for (const name of ['', ...Object.keys(commands)]) {
    const { code, text } = await paper(...(name === '' ? [] : [name]), '--help');
    expect(code).toBe(0);
    expect(text).toContain('130  interrupted');
    if (name !== '') expect(text).toContain(`Example:\n  npm run paper -- ${name}`);
    expect(text).not.toMatch(/src\/|<root>/);
    expect(text).not.toContain(String.fromCharCode(27));
  }
});

test('with --json standard output is JSON alone', async () => {
  const { stdout, stderr } = await execa(process.execPath, ['scripts/paper.mjs', 'status', '--json']);
  const [told] = JSON.parse(stdout);
  expect(told).toMatchObject({ paper: 'paper-54', profile: 'paper' });
  expect(told.stages.length).toBeGreaterThan(40);
  expect(stderr).toContain('paper-54, profile paper');
});

test('accepting nothing is refused before anything runs', async () => {
  expect(await paper('accept')).toEqual({
    code: 1,
    text: [
      'NothingToAccept: no claim was named.',
      '  hint: name claims, or all of them: `npm run paper -- accept --all`.',
    ].join('\n'),
  });
});

test('attest wants to be told what, and a profile without published runs has none to name', async () => {
  expect(await paper('attest')).toEqual({
    code: 1,
    text: [
      'NothingNamed: attest needs the name of a published stage.',
      '  hint: give one, for example `npm run paper -- attest train-v1.seed-1`; `npm run paper -- status` lists them.',
    ].join('\n'),
  });
  expect(await paper('train', '--profile', 'quick', '--run', 'v1')).toEqual({
    code: 1,
    text: [
      'NothingPublished: no stage of this profile is published.',
      '  hint: name a profile whose runs are: `--profile paper`.',
    ].join('\n'),
  });
});

test('a digest without a corpus is refused', async () => {
  const { code, text } = await paper('results', '--sha256', 'ab');
  expect(code).toBe(1);
  expect(text).toContain('DigestWithoutCorpus: --sha256 was given without a corpus that it could be of.');
});

/** Paths and times of everything in a folder. */
const listing = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)
        .toSorted()
    : [];

test('a corpus that is not the one that its digest names, or too short, is refused, and dist stays as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  const path = join(folder, 'text.txt');
  writeFileSync(path, 'some text');
  const before = listing('dist');
  const digest = 'b94f6f125c79e3a5ffaa826f584c10d52ada669e6762051b826b55776d05aed2';
  const other = await paper('build', '--corpus', path, '--sha256', 'ab');
  expect(other.code).toBe(1);
  expect(other.text).toContain(
    [
      `FileChanged: ${path} is not the file that was named by its digest.`,
      '  expected sha256 ab',
      `  received ${digest}`,
      `  hint: if this is the file that you mean, name it by ${digest}`,
    ].join('\n'),
  );
  const short = await paper('build', '--corpus', path, '--sha256', digest);
  expect(short.code).toBe(1);
  expect(short.text).toContain(
    [
      'CorpusTooShort: the text is too short to train on and to hold some of it out.',
      '  expected at least 20 documents of 12000 characters; received 1',
      "  in stage 'corpus'",
    ].join('\n'),
  );
  expect(other.text + short.text).not.toContain('    at ');
  expect(listing('dist')).toEqual(before);
  rmSync(folder, { recursive: true });
});

test('status lists every stage of the paper in data order', async () => {
  const { code, text } = await paper('status');
  expect(code).toBe(0);
  const { pipeline } = await loadPaper(process.cwd(), 'paper-54', {});
  const names = stagesInOrder(pipeline).map(({ name }) => name);
  expect(text.split('\n')[0]).toBe('paper-54, profile paper');
  expect(
    text
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0]),
  ).toEqual(names);
  expect(names.indexOf('tokens')).toBeLessThan(names.indexOf('train-v1.seed-1'));
});

test('every folder with content and experiments is a paper', () => {
  expect(paperIds(process.cwd())).toEqual(['paper-54']);
});

test('the configuration gives the paper its reported size', async () => {
  const { pipeline } = await loadPaper(process.cwd(), 'paper-54', { profile: 'paper' });
  const train = stagesInOrder(pipeline).find(({ name }) => name === 'train-v1.seed-1');
  const { setting } = JSON.parse(readFileSync('content/paper-54/reported.json', 'utf8'));
  expect(train?.params).toMatchObject({ shape: { nLayers: setting.layers, dModel: setting.dModel } });
});

test('several seeds are analysed each, and set beside each other for the page; nulls are drawn once', () => {
  const pipeline = graphOf({ ...configFor('quick', {}), seeds: [1, 2, 3] }, false);
  const stages = new Map(stagesInOrder(pipeline).map((stage) => [stage.name, stage]));
  const ofPage = resultMembers(pipeline).filter(({ replicate }) => replicate?.of === 'spectral-twinning');
  expect(ofPage.map(({ stage }) => stage.name)).toEqual(
    [1, 2, 3].map((seed) => `spectral-twinning.seed-${seed}`),
  );
  const nulls = [1, 2, 3].map((seed) => stages.get(`spectral-twinning.seed-${seed}`)?.inputs['null']);
  expect(new Set(nulls)).toEqual(new Set([stages.get('spectral-twinning-null')]));
  expect(stages.get('train-v1.seed-3')?.params).toMatchObject({ options: { seed: 3 } });
});

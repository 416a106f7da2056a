import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { resultMembers, stagesInOrder } from 'reproducible-paper/stage';
import { expect, test } from 'vitest';
import { configFor } from '../config.ts';
import { graphOf } from '../pipeline.ts';

const paper = async (...args: readonly string[]): Promise<{ code: number | undefined; text: string }> => {
  const { exitCode, all } = await execa(process.execPath, ['scripts/paper.mjs', ...args], {
    all: true,
    reject: false,
  });
  return { code: exitCode, text: all.replaceAll(process.cwd(), '<root>').trim() };
};

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
  const other = await paper('build', '--paper', 'paper-54', '--corpus', path, '--sha256', 'ab');
  expect(other.code).toBe(1);
  expect(other.text.replace(/\.ts:\d+:\d+$/m, '.ts:<line>')).toContain(
    [
      `FileChanged: ${path} is not the file that was named by its digest.`,
      '  experiments/paper-54/seed-runs.ts:<line>',
      '  expected sha256 ab',
      `  received ${digest}`,
      `  hint: if this is the file that you mean, name it by ${digest}`,
    ].join('\n'),
  );
  const short = await paper('build', '--paper', 'paper-54', '--corpus', path, '--sha256', digest);
  expect(short.code).toBe(1);
  expect(short.text.replace(/\.ts:\d+:\d+$/m, '.ts:<line>')).toContain(
    [
      'CorpusTooShort: the text is too short to train on and to hold some of it out.',
      '  experiments/paper-54/corpus/text-file.ts:<line>',
      '  expected at least 20 documents of some 12000 characters, 240000 in all; received 1 of 9 in all',
      "  in stage 'corpus'",
    ].join('\n'),
  );
  expect(other.text + short.text).not.toContain('    at ');
  expect(listing('dist')).toEqual(before);
  rmSync(folder, { recursive: true });
});

test('the configuration gives the paper its reported size', () => {
  const pipeline = graphOf(configFor('paper', {}), true);
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
  expect(new Set(nulls)).toEqual(new Set([stages.get('gaussian-figures')]));
  expect(stages.get('train-v1.seed-3')?.params).toMatchObject({ options: { seed: 3 } });
});

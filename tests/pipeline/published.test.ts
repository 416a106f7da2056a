import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stage } from '../../src/engine/stage/pipeline.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';
import { tinyTraining } from './tiny-training.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const name = 'train-v1.seed-1';
const record = (of = name) => paper.published(of);

/** The whole text of what a build says, without the folder of this run. */
const buildText = async (...stages: readonly Stage[]): Promise<string> =>
  (await rejectionText(paper.run(...stages))).replaceAll(/\.paper\/tests\/paper-\w+/g, '<paper>');

test('a published run is used by a build that has none of its own, and is never made there', async () => {
  const { training, analysis } = tinyTraining(paper);
  expect(await paper.train(training)).toBe('published');
  const weight = paper.read(`published/${name}/weight.json`);
  paper.forgetStore();
  const after = await paper.run(analysis);
  expect(ranIn(after)).toEqual(['source', `analysis-of-${name}`]);
  expect(await paper.output(after, `analysis-of-${name}`)).toBe(`${weight}!`);
  expect((await paper.status(analysis))[1]).toMatchObject({ state: 'fresh', reason: 'published' });
  expect(after.get(name)?.published?.made.key).toBe(after.get(name)?.key);
  expect(record()).toMatchObject({
    kept: ['result'],
    outputs: { result: /^[0-9a-f]{64}$/.exec(record().outputs.result)?.[0], curve: expect.any(String) },
    made: { machine: {}, backend: { choice: 'none', threads: 1 } },
    attestations: [],
  });
  expect(
    JSON.parse(paper.read(`published/${name}/witness.json`)).parts.map(({ id }: { id: string }) => id),
  ).toEqual(['first-steps', 'miniature']);
});

test('a run that was never published stops the build before its analyses, and runs what feeds it alone', async () => {
  const one = tinyTraining(paper);
  const two = tinyTraining(paper, { name: 'train-v1.seed-2', steps: 31, source: one.source });
  const other = paper.stage({ name: 'other', body: "writeFileSync(context.outputs.result, '1');" });
  expect(await buildText(other, one.analysis, two.analysis)).toBe(
    [
      'NotPublished: tiny needs runs that are not published.',
      '  train-v1.seed-1: it was never published; a run takes about 45 min',
      '  train-v1.seed-2: it was never published; a run takes about 45 min',
      '  hint: make the runs: `npm run train -- --profile paper train-v1.seed-1 train-v1.seed-2`; or build another profile: `npm run build -- --profile quick`',
    ].join('\n'),
  );
  expect(paper.said.filter((line) => line.endsWith('...'))).toEqual(['  source ...']);
});

test('code that changed makes a published run stale, and the file is named', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  paper.write('training.ts', paper.read('training.ts').replace('decay = 0.01', 'decay = 0.02'));
  expect(await buildText(analysis)).toBe(
    [
      "PublishedStale: published runs of tiny are not of today's code, parameters and inputs.",
      '  train-v1.seed-1: <paper>/training.ts changed; a run takes about 45 min',
      '  hint: make the runs: `npm run train -- --profile paper train-v1.seed-1`; if their results cannot have changed, attest it: `npm run paper -- attest --profile paper train-v1.seed-1`; or build another profile: `npm run build -- --profile quick`',
    ].join('\n'),
  );
});

test('a parameter that changed makes a published run stale, and no attestation is offered', async () => {
  await paper.train(tinyTraining(paper).training);
  expect(await buildText(tinyTraining(paper, { steps: 31 }).analysis)).toBe(
    [
      "PublishedStale: published runs of tiny are not of today's code, parameters and inputs.",
      '  train-v1.seed-1: parameter steps changed from 30 to 31; a run takes about 45 min',
      '  hint: make the runs: `npm run train -- --profile paper train-v1.seed-1`; or build another profile: `npm run build -- --profile quick`',
    ].join('\n'),
  );
});

test('a published stage that waits for a stale one is listed with it', async () => {
  const { training } = tinyTraining(paper);
  const tuned = paper.stage({
    name: 'tuned',
    inputs: { training },
    published: { outputs: [], expectedMs: 20_000 },
    body: "writeFileSync(context.outputs.result, '1');",
  });
  expect(await buildText(tuned)).toContain(
    [
      '  train-v1.seed-1: it was never published; a run takes about 45 min',
      '  tuned: waits for train-v1.seed-1; a run takes about 20 s',
    ].join('\n'),
  );
});

test('a run in the store that is not published yet is used', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  rmSync(join(paper.folder, 'published'), { recursive: true });
  expect(ranIn(await paper.run(analysis))).toEqual([`analysis-of-${name}`]);
  expect((await paper.status(analysis))[1]).toMatchObject({
    name,
    state: 'fresh',
    reason: 'it ran here and is not published yet',
  });
  expect(await paper.train(training)).toBe('published');
  expect(paper.said.filter((line) => line === `  ${name} ...`)).toHaveLength(1);
});

test('a damaged or missing published file is named with the command that restores it', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  const file = join(paper.folder, 'published', name, 'weight.json');
  const told = (what: string, which = 'weight.json'): string =>
    [
      `PublishedDamaged: a published file of 'train-v1.seed-1' is damaged: ${what}.`,
      `  <paper>/published/train-v1.seed-1/${which}`,
      `  hint: restore it from version control: \`git checkout -- <paper>/published/train-v1.seed-1/${which}\`; it is never used as it is.`,
    ].join('\n');
  writeFileSync(file, '0.5');
  expect(await buildText(analysis)).toBe(told('its content has changed'));
  rmSync(file);
  expect(await buildText(analysis)).toBe(told('it is gone'));
  expect((await paper.status(analysis))[1]).toMatchObject({
    name,
    state: 'stale',
    reason: "a published file of 'train-v1.seed-1' is damaged: it is gone",
  });
  writeFileSync(join(paper.folder, 'published', name, 'record.json'), '{ "schema": 1');
  expect(await buildText(analysis)).toBe(told('it is no record', 'record.json'));
});

/** What a record would say that was put together of two by hand, and what is told of it. */
const contradictions = {
  'the key of another record': ['key', '0'.repeat(64), 'its key is not that of what it says of the run'],
  'the parameters of another run': [
    'record.params.steps',
    31,
    'its key is not that of what it says of the run',
  ],
  'another content of an input': [
    'inputs.source.result',
    '0'.repeat(64),
    'it does not tell what the run read as its input source',
  ],
  'no input': ['inputs', {}, 'it does not tell what the run read as its input source'],
  'an output too few': ['outputs.curve', undefined, 'it does not tell all outputs of the run'],
  'an output too many': ['kept', ['result', 'model'], 'it does not tell all outputs of the run'],
} as const;

for (const [what, [path, value, told]] of Object.entries(contradictions)) {
  test(`a record with ${what} is damaged, and never used`, async () => {
    const { training, analysis } = tinyTraining(paper);
    await paper.train(training);
    const about = record();
    const members = path.split('.');
    const last = members.pop()!;
    const holder = members.reduce((object, member) => object[member], about);
    expect(holder).toHaveProperty(last);
    holder[last] = value;
    paper.write(`published/${name}/record.json`, JSON.stringify(about));
    const text = `PublishedDamaged: a published file of 'train-v1.seed-1' is damaged: ${told}.\n  <paper>/published/`;
    expect(await buildText(analysis)).toContain(text);
    expect(await rejectionText(paper.attest(training))).toContain(told);
  });
}

test('a record of a newer version is named as such, by every command that reads it', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  paper.write(`published/${name}/record.json`, JSON.stringify({ ...record(), schema: 2, further: {} }));
  expect(await buildText(analysis)).toBe(
    [
      "PublishedNewer: the published run of 'train-v1.seed-1' was recorded by a newer version.",
      `  <paper>/published/${name}/record.json`,
      '  expected schema 1; received 2',
      `  hint: use the version that wrote it, or go back to a record of before: \`git log -- <paper>/published/${name}/record.json\` lists them.`,
    ].join('\n'),
  );
  expect((await paper.status(analysis))[1]).toMatchObject({
    state: 'stale',
    reason: "the published run of 'train-v1.seed-1' was recorded by a newer version",
  });
  expect(await rejectionText(paper.train(training))).toContain('PublishedNewer');
  expect(await rejectionText(paper.attest(training))).toContain('PublishedNewer');
});

test('an output that is not kept comes from the store, and its lack is told when something needs it', async () => {
  const { training, analysis } = tinyTraining(paper, { kept: ['curve'] });
  await paper.train(training);
  expect(await paper.output(await paper.run(analysis), analysis.name)).toMatch(/^[\d.]+!$/);
  paper.forgetStore();
  // What does not need the output is well served by its digest.
  expect(ranIn(await paper.run(training))).toEqual(['source']);
  expect(await buildText(analysis)).toBe(
    [
      "OutputNotKept: stage 'analysis-of-train-v1.seed-1' needs the output 'result' of 'train-v1.seed-1', which is neither kept in the repository nor stored here.",
      '  kept: curve',
      "  hint: make it again: `npm run train -- --profile paper --again train-v1.seed-1`, or keep it: add 'result' to its `published.outputs`.",
    ].join('\n'),
  );
  expect(await paper.train(training)).toBe('fresh');
  const digests = record().outputs;
  expect(await paper.train(training, true)).toBe('published');
  expect(record().outputs).toEqual(digests);
  expect(ranIn(await paper.run(analysis))).toEqual([analysis.name]);
});

test('an output that shall be kept from now on is published from the store, without another run', async () => {
  await paper.train(tinyTraining(paper, { kept: ['curve'] }).training);
  const { training } = tinyTraining(paper, { kept: ['curve', 'result'] });
  expect(await paper.train(training)).toBe('published');
  expect(record().kept).toEqual(['curve', 'result']);
  expect(paper.said.filter((line) => line === `  ${name} ...`)).toHaveLength(1);
});

test('a published run is found with whatever backend a build uses, and made with the reference alone', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  paper.become({ platform: { backend: { choice: 'another' }, node: '22', compiled: {} } });
  expect(ranIn(await paper.run(analysis))).toEqual([analysis.name]);
  expect(await rejectionText(paper.train(training))).toBe(
    [
      "NotReferenceBackend: 'train-v1.seed-1' cannot be made with this numeric backend.",
      '  expected {"backend":{"choice":"none"},"node":"22","compiled":{}}',
      '  received {"backend":{"choice":"another"},"node":"22","compiled":{}}',
      '  hint: published runs are made with one library, which their keys name: make it on a machine that has it.',
    ].join('\n'),
  );
});

test("a published run is made with any of its library's kernels, which a machine's own keys name besides", async () => {
  const { training } = tinyTraining(paper);
  paper.become({ platform: { backend: { choice: 'none', ownKernels: 'some' }, node: '22', compiled: {} } });
  expect(await paper.train(training)).toBe('published');
});

test('what feeds a published run may have other last digits on another machine, but not other code', async () => {
  const numbers = (list: string): Stage =>
    paper.stage({
      name: 'numbers',
      kind: 'numeric',
      body: `writeFileSync(context.outputs.result, JSON.stringify(${list}));`,
    });
  // Exact by itself, and of what is not.
  const copied = (from: Stage): Stage =>
    paper.stage({
      name: 'copied',
      inputs: { numbers: from },
      body: "writeFileSync(context.outputs.result, readFileSync(context.inputs.numbers.result, 'utf8'));",
    });
  const trainedOn = (list: string) => tinyTraining(paper, { source: copied(numbers(list)) });
  const here = '[1, 2, 3 + Number(process.env.TINY_DIGITS ?? 0)]';
  const { training, analysis } = trainedOn(here);
  expect(await paper.train(training)).toBe('published');
  const { key, inputs } = record();

  paper.forgetStore();
  paper.become({ environment: () => ({ TINY_DIGITS: '1e-9' }) });
  const elsewhere = await paper.run(analysis);
  expect(await paper.output(elsewhere, 'numbers')).toBe('[1,2,3.000000001]');
  expect(ranIn(elsewhere)).toEqual(['numbers', 'copied', analysis.name]);
  expect(elsewhere.get(name)).toMatchObject({ key, published: { key } });
  expect((await paper.status(analysis))[2]).toMatchObject({
    name,
    state: 'fresh',
    reason: 'published; other bits are here than it read as source',
    otherInputs: ['source'],
  });

  // Where its bits are others, nothing tells whether the code still gives what the run read.
  const sameNumbers = `Array.of(${here.slice(1, -1)})`;
  const otherwise = 'what makes its input source changed, and gives here what the run did not read';
  const stale = `  train-v1.seed-1: ${otherwise}; a run takes about 45 min`;
  expect(await buildText(trainedOn(sameNumbers).analysis)).toContain(
    `${stale}\n  hint: make the runs: \`npm`,
  );
  expect(await rejectionText(paper.attest(training))).toContain(
    `AttestRefused: 'train-v1.seed-1' cannot be attested: ${otherwise}, which a replay cannot judge.`,
  );
  paper.become({ environment: () => ({}) });
  paper.forgetStore();
  expect(await buildText(analysis)).toContain('npm run paper -- attest');
  expect(await paper.attest(training)).toMatchObject({
    by: 'equal bits',
    reason: 'what makes its input source changed, and gives what the run read',
  });
  expect(record()).toMatchObject({ inputs, attestations: [{ from: key }] });
  expect(ranIn(await paper.run(analysis))).toEqual([analysis.name]);
  expect(await buildText(trainedOn('[1, 2, 4]').analysis)).not.toContain('npm run paper -- attest');
});

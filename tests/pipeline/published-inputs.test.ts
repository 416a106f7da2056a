import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provenanceOf } from '../../src/cli/provenance-of.ts';
import type { Stage } from '../../src/engine/stage/pipeline.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';
import { tinyTraining } from './tiny-training.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const name = 'train-v1.seed-1';
const record = (of = name) => paper.published(of);

/** Each machine has last digits of its own. */
const numbers = (): Stage =>
  paper.stage({
    name: 'numbers',
    kind: 'numeric',
    body: 'writeFileSync(context.outputs.result, JSON.stringify([1, 2, 3 + Number(process.env.TINY_DIGITS ?? 0)]));',
  });

/** From now on on another processor, with what of the store is given. */
const moveElsewhere = (): void =>
  paper.become({ machine: { processor: 'another' }, environment: () => ({ TINY_DIGITS: '1e-9' }) });

/** What provenance.json says that a run read. */
const readBy = async (stage: Stage, run = name): Promise<unknown> => {
  const finished = await paper.run(stage);
  const data = { paper: 'tiny', profile: 'paper' } as Parameters<typeof provenanceOf>[1]['data'];
  return JSON.parse(JSON.stringify(provenanceOf(paper.folder, { data, finished }))).stages[run].inputs;
};

test('a run that is attested on another machine still names what it read', async () => {
  const { training, analysis } = tinyTraining(paper, { source: numbers() });
  await paper.train(training);
  const { inputs } = record();
  moveElsewhere();
  paper.forgetStore();
  paper.write('training.ts', paper.read('training.ts').replace('** 2', '* (state.weight - x)'));
  expect(await paper.attest(training)).toMatchObject({ by: 'tolerance' });
  expect(record().inputs).toEqual(inputs);
  expect(await readBy(analysis)).toEqual({ source: { stage: 'numbers', digests: inputs.source } });
});

test('a run that was stored on one machine and published on another names what it read', async () => {
  const { training, analysis } = tinyTraining(paper, { source: numbers() });
  await paper.train(training);
  const { inputs } = record();
  rmSync(join(paper.folder, 'published'), { recursive: true });
  const entry = (await paper.run(training)).get('numbers')?.key;
  rmSync(join(paper.folder, 'store', 'entries', `${entry}.json`));
  moveElsewhere();
  const read = { source: { stage: 'numbers', digests: inputs.source } };
  // Whether it is published yet or not.
  expect(await readBy(analysis)).toEqual(read);
  expect(await paper.train(training)).toBe('published');
  expect(record().inputs).toEqual(inputs);
  expect(await readBy(analysis)).toEqual(read);
});

test('a checkpoint is of what was read until then: a run goes on from no other', async () => {
  const copied = paper.stage({
    name: 'copied',
    kind: 'numeric',
    inputs: { numbers: numbers() },
    published: { outputs: ['result'], expectedMs: 3000 },
    // Code of this test run alone: checkpoints of a run before it are another key's.
    body: `const checkpoint = context.scratch + '/checkpoint-of-${basename(paper.folder)}.json';
if (!existsSync(checkpoint)) {
  writeFileSync(checkpoint, readFileSync(context.inputs.numbers.result, 'utf8'));
  throw new Error('stopped');
}
writeFileSync(context.outputs.result, readFileSync(checkpoint, 'utf8'));`,
  });
  expect(await rejectionText(paper.train(copied))).toContain('stopped');
  moveElsewhere();
  paper.forgetStore();
  expect(await rejectionText(paper.train(copied))).toContain('stopped');
  expect(await paper.train(copied)).toBe('published');
  expect(paper.read('published/copied/copied.json')).toBe('[1,2,3.000000001]');
  // Where it was begun its own checkpoint waits.
  paper.become({ machine: {}, environment: () => ({}) });
  paper.forgetStore();
  expect(await paper.train(copied, true)).toBe('published');
  expect(paper.read('published/copied/copied.json')).toBe('[1,2,3]');
});

test('a run that is made again to attest it tells nothing where equal code gives other bits', async () => {
  const sum = paper.stage({
    name: 'sum',
    kind: 'numeric',
    inputs: { numbers: numbers() },
    published: { outputs: ['result'], expectedMs: 3000 },
    preamble: "import { total } from './total.ts';\n",
    body: "writeFileSync(context.outputs.result, String(total(JSON.parse(readFileSync(context.inputs.numbers.result, 'utf8')))));",
  });
  const summedFrom = (first: string): void =>
    paper.write('total.ts', `export const total = (all) => all.reduce((a, b) => a + b, ${first});\n`);
  summedFrom('0');
  await paper.train(sum);
  const before = record('sum');
  summedFrom('-0');
  moveElsewhere();
  paper.forgetStore();
  expect(await rejectionText(paper.attest(sum))).toBe(
    [
      "AttestRefused: 'sum' cannot be attested here: made again, its output 'result' has other bits, as it may on another machine class by equal code.",
      '  it was made on {}',
      '  hint: attest it on such a machine; otherwise the run must be made again: `npm run train -- --profile paper sum`, about 3 s.',
    ].join('\n'),
  );
  expect(record('sum')).toEqual(before);
});

test('two commands that attest one run do it once, and none is lost', async () => {
  const { training } = tinyTraining(paper);
  await paper.train(training);
  const { key } = record();
  paper.write('training.ts', paper.read('training.ts').replace('** 2', '* (state.weight - x)'));
  const both = await Promise.all([paper.attest(training), paper.attest(training)]);
  expect(both.filter((attestation) => attestation !== undefined)).toMatchObject([{ from: key }]);
  expect(record().attestations).toHaveLength(1);
  expect(paper.said).toContain(`  ${name}: waits for another command`);
});

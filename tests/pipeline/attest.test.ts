import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';
import { tinyTraining } from './tiny-training.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const name = 'train-v1.seed-1';
const record = () => paper.published(name);

/** Replaces a piece of the training's code, which must be there. */
const edit = (before: string, after: string): void => {
  const code = paper.read('training.ts');
  expect(code).toContain(before);
  paper.write('training.ts', code.replace(before, after));
};

const attestText = async (options: Parameters<typeof tinyTraining>[1] = {}): Promise<string> =>
  (await rejectionText(paper.attest(tinyTraining(paper, options).training))).replaceAll(
    /\.paper\/tests\/paper-\w+/g,
    '<paper>',
  );

/** The same sums in the same order, written otherwise. */
const refactor = (): void => {
  edit('const loss = (state.weight - x) ** 2;', 'const error = state.weight - x; const loss = error ** 2;');
  edit('0.9 * state.momentum + (state.weight - x)', '0.9 * state.momentum + error');
};

test('a harmless refactoring is attested: the run gets the key of today, and nothing downstream reruns', async () => {
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  await paper.run(analysis);
  const before = record();
  refactor();
  expect((await paper.status(analysis))[1]?.state).toBe('stale');
  const attestation = await paper.attest(training);
  expect(attestation).toEqual({
    from: before.key,
    to: record().key,
    when: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    machine: { threads: 1 },
    parts: ['first-steps', 'miniature'],
    by: 'equal bits',
    reason: expect.stringMatching(/^\.paper\/tests\/paper-\w+\/training\.ts changed$/),
  });
  expect(record().key).not.toBe(before.key);
  expect(record()).toMatchObject({ made: before.made, outputs: before.outputs, attestations: [attestation] });
  expect(ranIn(await paper.run(analysis))).toEqual([]);
  expect((await paper.status(analysis))[1]).toMatchObject({
    name,
    state: 'fresh',
    reason: `published, attested ${attestation?.when.slice(0, 10)} by equal bits`,
  });
  expect(await paper.attest(training)).toBeUndefined();
});

test('after an attestation, outputs that are not kept are still found in the store', async () => {
  const { training, analysis } = tinyTraining(paper, { kept: [] });
  await paper.train(training);
  refactor();
  await paper.attest(training);
  expect(ranIn(await paper.run(analysis))).toEqual([analysis.name]);
});

const mutations = {
  'the schedule': [
    '* (1 - state.step / steps)',
    '* (state.step < 30 ? 1 - state.step / steps : 0.2)',
    /^miniature, step 31, weight$/,
  ],
  'the warm-up': ['(state.step + 1) / 5', '(state.step + 1) / 6', /^first-steps, step 1, weight$/],
  'the order of a later epoch': [
    '(2 * epoch + 1)',
    '(epoch < 3 ? 2 * epoch + 1 : 1)',
    /^miniature, step 26, loss$/,
  ],
  'weight decay': ['decay = 0.01', 'decay = 0.0101', /^first-steps, step 1, weight$/],
  resuming: [
    "JSON.parse(readFileSync(checkpoint, 'utf8'))",
    "{ ...JSON.parse(readFileSync(checkpoint, 'utf8')), momentum: 0 }",
    /^miniature, step 21, weight$/,
  ],
} as const;

for (const [what, [before, after, place]] of Object.entries(mutations)) {
  test(`a mutation of ${what} is caught, and its first difference named`, async () => {
    await paper.train(tinyTraining(paper).training);
    const published = record();
    edit(before, after);
    const lines = (await attestText()).split('\n');
    expect(lines[0]).toBe("WitnessDiffers: 'train-v1.seed-1' no longer does what made its published run.");
    expect(lines[1]?.replace('  first difference: ', '')).toMatch(place);
    expect(record()).toEqual(published);
  });
}

test('a replay that differs is told whole, with what was expected and what to do', async () => {
  await paper.train(tinyTraining(paper).training);
  edit('weight: 1, momentum: 0', 'weight: 2, momentum: 0');
  expect(await attestText()).toBe(
    [
      "WitnessDiffers: 'train-v1.seed-1' no longer does what made its published run.",
      '  first difference: first-steps, step 1, loss',
      '  expected 0; received 1',
      '  compared: equal bits, on the machine class of the witness',
      '  since the run: <paper>/training.ts changed',
      '  hint: the run must be made again: `npm run train -- --profile paper train-v1.seed-1`, about 45 min.',
    ].join('\n'),
  );
});

test('on another machine class numbers are compared within their tolerance, and digests are not', async () => {
  const { training } = tinyTraining(paper);
  await paper.train(training);
  // Another order of the same sum: other last bits.
  edit(
    'rate * (state.momentum + decay * state.weight)',
    '(rate * state.momentum + rate * decay * state.weight)',
  );
  expect(await attestText()).toMatch(
    /^WitnessDiffers.+\n {2}first difference: [\w-]+, step \d+, (loss|weight)\n/,
  );
  paper.become({ machine: { processor: 'another' } });
  expect(await paper.attest(training)).toMatchObject({
    by: 'tolerance',
    machine: { processor: 'another', threads: 1 },
  });
  edit('decay = 0.01', 'decay = 0.02');
  expect(await attestText()).toContain(
    '  compared: numbers within their tolerance, on another machine class; digests of bits were not compared\n',
  );
});

test('what a replay cannot judge is refused by name, and nothing is replayed', async () => {
  const refusal = (reason: string, run = name): string =>
    [
      `AttestRefused: '${run}' cannot be attested: ${reason}.`,
      `  hint: the run must be made again: \`npm run train -- --profile paper ${run}\`, about 45 min.`,
    ].join('\n');
  expect(await attestText()).toBe(refusal('it was never published'));
  await paper.train(tinyTraining(paper).training);
  edit('decay = 0.01', 'decay = 0.02');
  expect(await attestText({ steps: 31 })).toBe(
    refusal('parameter steps changed from 30 to 31, which a replay cannot judge'),
  );
  expect(await attestText({ source: [1, 2, 4] })).toBe(
    refusal('its input source changed, which a replay cannot judge'),
  );
  expect(paper.said.filter((line) => line.includes('witness'))).toHaveLength(1);
});

test('a run without a witness is made again: equal outputs vouch for the code, others do not', async () => {
  const plain = (body: string) =>
    paper.stage({ name: 'plain', body, published: { outputs: ['result'], expectedMs: 3000 } });
  const first = plain('writeFileSync(context.outputs.result, String(value));');
  await paper.train(first);
  paper.write('deep.ts', 'export const other = [0].length + 1;\n');
  paper.write('helper.ts', "import { other } from './deep.ts';\nexport const value = other;\n");
  expect(await paper.attest(first)).toMatchObject({ parts: [], by: 'the same outputs' });
  expect(ranIn(await paper.run(first))).toEqual([]);
  paper.write('deep.ts', 'export const other = 7;\n');
  expect(await rejectionText(paper.attest(first))).toMatch(
    /^WitnessDiffers: 'plain' no longer does what made its published run\.\n {2}first difference: output 'result'\n {2}expected d4735e3a\w+; received 7902699b\w+\n {2}compared: the outputs of a whole run\n/,
  );
});

test('a run that was published without a witness has one after an attestation by its outputs', async () => {
  const stage = (witness?: Parameters<TinyPaper['stage']>[0]['witness']) =>
    paper.stage({
      name: 'plain',
      body: "writeFileSync(context.outputs.result, '1');",
      published: { outputs: ['result'], expectedMs: 3000 },
      ...(witness ? { witness } : {}),
    });
  await paper.train(stage());
  const mark = "{ at: 'end', numbers: {}, digests: {}, exact: { result: 'one' } }";
  const later = stage({ short: { needsInputs: false, body: `return [${mark}];` } });
  expect(await paper.attest(later)).toMatchObject({ parts: [], added: ['short'], by: 'the same outputs' });
  expect(paper.published('plain').witness.machine).toEqual({ threads: 1 });
  expect(await paper.attest(later)).toBeUndefined();
  const other = stage({ short: { needsInputs: false, body: `return [${mark.replace('one', 'two')}];` } });
  expect(await rejectionText(paper.attest(other))).toContain(
    '  first difference: short, end, result\n  expected one; received two\n',
  );
});

test('a part that the definition has gained is added to the witness, and holds from then on', async () => {
  const { training } = tinyTraining(paper);
  await paper.train(training);
  const later = tinyTraining(paper, {
    further:
      "return [{ at: 'end', numbers: {}, digests: {}, exact: { steps: String(context.params.steps * deepest) } }];",
  }).training;
  paper.write('deepest.ts', 'export const deepest = 1;\n');
  const attestation = await paper.attest(later);
  expect(attestation).toMatchObject({ parts: ['first-steps', 'miniature'], added: ['further'] });
  expect(JSON.parse(paper.read(`published/${name}/witness.json`)).parts).toHaveLength(3);
  expect(record().witness.machines).toEqual({ further: { threads: 1 } });
  expect(await paper.attest(later)).toBeUndefined();
  // On whatever machine: what is exact is compared everywhere.
  paper.become({ machine: { processor: 'another' } });
  paper.write('deepest.ts', 'export const deepest = 2;\n');
  expect(await rejectionText(paper.attest(later))).toContain(
    '  first difference: further, end, steps\n  expected 30; received 60\n',
  );
});

test('attest works on a fresh clone, in which nothing was ever built', async () => {
  const { training } = tinyTraining(paper);
  await paper.train(training);
  refactor();
  paper.forgetStore();
  expect(await paper.attest(training)).toMatchObject({ by: 'equal bits' });
});

test('a witness that is not one is refused before anything is published', async () => {
  const stage = paper.stage({
    name: 'vague',
    body: "writeFileSync(context.outputs.result, '1');",
    published: { outputs: [], expectedMs: 3000 },
    witness: {
      all: {
        needsInputs: false,
        body: "return [{ at: 'end', numbers: { loss: Number.NaN }, digests: {} }];",
      },
    },
  });
  expect(await rejectionText(paper.train(stage))).toBe(
    [
      "BadWitness: the witness of 'vague' cannot be used.",
      '  parts.0.marks.0.numbers.loss: Invalid input: expected number, received null',
      '  hint: each part gives at least one mark: { at, numbers, digests, exact? }, finite numbers and hexadecimal digests by name.',
    ].join('\n'),
  );
  expect(paper.has('published/vague')).toBe(false);
});

test('an audit replays the witness, whole or a part, and tells a difference', async () => {
  const { training } = tinyTraining(paper);
  expect(await paper.audit(training)).toEqual({ equal: true, text: 'was never published' });
  await paper.train(training);
  const same = '(equal bits, on the machine class of the witness)';
  expect(await paper.audit(training)).toEqual({ equal: true, text: `first-steps and miniature ${same}` });
  edit('(2 * epoch + 1)', '(epoch < 3 ? 2 * epoch + 1 : 1)');
  expect(await paper.audit(training, ['first-steps'])).toEqual({ equal: true, text: `first-steps ${same}` });
  paper.forgetStore();
  paper.said.length = 0;
  expect(await paper.audit(training, ['miniature'])).toEqual({
    equal: false,
    text: expect.stringMatching(
      /^differs at miniature, step 26, loss: expected [\d.]+; received [\d.]+; compared equal bits, on the machine class of the witness$/,
    ),
  });
  // A part that reads no inputs needs nothing that feeds the stage.
  expect(paper.said).toEqual([`  ${name} witness: miniature ...`]);
  expect(await paper.audit(tinyTraining(paper, { steps: 31 }).training)).toEqual({
    equal: false,
    text: 'is stale: parameter steps changed from 30 to 31',
  });
});

/**
 * The miniature must notice what a long run would suffer from and a short look would not: each mutation is one
 * edit of the training's code, and the replay of a witness names where it first shows.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainRun } from '../../experiments/paper-54/training/train-run.ts';
import { trainRunParams } from '../../experiments/paper-54/training/training-task.ts';
import { closureFor, codeClosures } from '../../src/engine/keys/code-closure.ts';
import { compareWitness } from '../../src/engine/published/compare-witness.ts';
import { replayWitness } from '../../src/engine/published/replay-witness.ts';
import type { Witness } from '../../src/engine/run/stage-protocol.ts';
import { openStore } from '../../src/engine/run/store.ts';
import type { Workshop } from '../../src/engine/run/workshop.ts';
import type { Stage } from '../../src/engine/stage/pipeline.ts';
import { backendEnvironment, machineClass, numericBackend } from '../../src/tensor/numeric-backend.ts';

const training = 'experiments/paper-54/training';

/** One edit each: file, what stands there, what stands there instead, and what it does. */
const mutations = {
  'the decay ends a hundredth too early': [
    `${training}/learning-rate.ts`,
    'Math.cos(Math.PI * Math.min(1, progress))',
    'Math.cos(Math.PI * Math.min(1, 1.01 * progress))',
  ],
  'the third epoch is shuffled like the second': [
    `${training}/batches.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source file
    '`batches/epoch-${epoch}`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source file
    '`batches/epoch-${epoch === 2 ? 1 : epoch}`',
  ],
  'matrices do not decay': ['src/tensor/adam-w.ts', 'value.shape.length === 2', 'value.shape.length === 9'],
  'a resumed run forgets its second moments': [
    `${training}/checkpoint.ts`,
    "second: part('second') }",
    "second: part('second').map((data) => data.fill(0)) }",
  ],
  'evaluation looks at training text': [
    `${training}/train-model.ts`,
    "const stretch = batchesOf('held-out', task.heldOut",
    "const stretch = batchesOf('held-out', task.train",
  ],
  'the last weights are kept in the place of the best': [
    `${training}/train-model.ts`,
    'best: !best || best.step === step ? last : finish(best.step, best.values)',
    'best: last',
  ],
  'a resumed run forgets its best weights': [
    `${training}/train-model.ts`,
    'let { best } = resumed;',
    'let best: typeof resumed.best;',
  ],
} as const;

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
const params = trainRunParams.parse({
  run: 'v1',
  shape: { nLayers: 1, dModel: 8, nHeads: 2, contextLength: 8 },
  options: {
    steps: 1,
    batchSize: 1,
    learningRate: 0.002,
    warmupSteps: 1,
    finalWindows: { heldOut: 1, train: 1 },
  },
});

const workshop: Workshop = {
  root: folder,
  store: openStore(join(folder, 'store')),
  backend: numericBackend(),
  referenceBackend: numericBackend(),
  machine: machineClass(),
  environment: backendEnvironment,
  reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
};

const stage: Stage = {
  name: 'train-v1',
  code: {
    ...(trainRun as unknown as Stage['code']),
    module: pathToFileURL(join(folder, training, 'train-run.ts')).href,
  },
  inputs: {},
  params,
  threads: 2,
};

const replay = async (): Promise<Witness> => {
  const closure = closureFor(await codeClosures(folder, [stage.code]), stage.code);
  return replayWitness(workshop, stage, { closure, params }, new Map(), ['miniature']);
};

let witness: Witness;
beforeAll(async () => {
  for (const part of ['src/engine', 'src/tensor', 'experiments/paper-54', 'package.json']) {
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('/published'),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  witness = await replay();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('unchanged code, and code with other comments and layout, replays to equal bits', async () => {
  const file = join(folder, training, 'learning-rate.ts');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll('\n', '\n\n// another comment\n'));
  expect(compareWitness(witness, await replay(), 'equal bits')).toBeUndefined();
  writeFileSync(file, text);
});

test.for(Object.entries(mutations))('it is noticed when %s', async ([, [path, before, after]]) => {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  expect(text.split(before)).toHaveLength(2);
  writeFileSync(file, text.replace(before, after));
  const mutated = await replay();
  writeFileSync(file, text);
  // On the machine class of the witness, and on any other.
  for (const by of ['equal bits', 'tolerance'] as const) {
    expect(compareWitness(witness, mutated, by)?.where).toMatch(
      /^miniature, (step|the weights of step|mark) \d+/,
    );
  }
});

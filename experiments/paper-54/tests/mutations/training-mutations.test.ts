/**
 * The witness must notice what a long run would suffer from and a short look would not: each mutation is one edit of
 * the training's code, and the replay of a witness names where it first shows.
 */
// biome-ignore-all lint/style/noRestrictedImports: it holds the engine's replay of a witness against changes of this training
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifyStages } from '../../../../src/engine/keys/identify-stages.ts';
import { replayWitness } from '../../../../src/engine/published/replay-witness.ts';
import { compareWitness } from '../../../../src/engine/published/witness.ts';
import type { FinishedStage } from '../../../../src/engine/run/finished-stage.ts';
import type { Witness } from '../../../../src/engine/run/stage-protocol.ts';
import { openStore } from '../../../../src/engine/run/store.ts';
import type { Workshop } from '../../../../src/engine/run/workshop.ts';
import type { Stage } from '../../../../src/engine/stage/pipeline.ts';
import { writeSafetensors } from '../../../../src/numerics/safetensors.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { backendEnvironment, machineClass, nativePlatform } from '../../../../src/tensor/numeric-backend.ts';
import { modelShape } from '../../model/model-shape.ts';
import { parameterTensors, randomParameters } from '../../model/parameters.ts';
import { trainRunParams } from '../../training/training-task.ts';

const training = 'experiments/paper-54/training';

/** One edit each: file, what stands there, what stands there instead; and in which part it shows. */
const mutations = {
  'the decay ends a hundredth too early': [
    `${training}/learning-rate.ts`,
    'Math.cos(Math.PI * Math.min(1, progress))',
    'Math.cos(Math.PI * Math.min(1, 1.01 * progress))',
    'miniature',
  ],
  'the rate changes after step 300': [
    `${training}/learning-rate.ts`,
    'if (step <= warmupSteps) return',
    'if (step > 300) return learningRate / 3;\n  if (step <= warmupSteps) return',
    'whole-run',
  ],
  'the rate changes within the loop, for three late steps': [
    `${training}/train-model.ts`,
    'const learningRate = learningRateAt(step, options);',
    'const learningRate = (step > 355 && step < 359 ? 1.01 : 1) * learningRateAt(step, options);',
    'whole-run',
  ],
  'the third epoch is shuffled like the second': [
    `${training}/batches.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source file
    '`batches/epoch-${epoch}`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source file
    '`batches/epoch-${epoch === 2 ? 1 : epoch}`',
    'miniature',
  ],
  'the last epoch is not shuffled': [
    `${training}/batches.ts`,
    'shuffled = { epoch, order: seededRandom(',
    'shuffled = epoch > 6 ? { epoch, order: starts } : { epoch, order: seededRandom(',
    'whole-run',
  ],
  'matrices do not decay': [
    'src/tensor/model/adam-w.ts',
    'value.shape.length === 2',
    'value.shape.length === 9',
    'miniature',
  ],
  'the step starts its moments anew after step 300': [
    `${training}/training-graph.ts`,
    'step: ({ ids, targets }, learningRate, step) => {',
    'step: ({ ids, targets }, learningRate, at) => {\n      const step = at > 300 ? at - 290 : at;',
    'whole-run',
  ],
  'a step is another one at the size of the run alone': [
    `${training}/training-graph.ts`,
    'beta1Power: beta1Power!',
    'beta1Power: (trained[0]!.shape[0] === 29 ? beta2Power : beta1Power)!',
    'spread-steps',
  ],
  'the step is fed another rate, for three late steps': [
    `${training}/training-graph.ts`,
    'learningRate: Float32Array.of(learningRate),',
    'learningRate: Float32Array.of(step > 355 && step < 359 ? 0 : learningRate),',
    'whole-run',
  ],
  'a frozen parameter is replaced late': [
    `${training}/training-graph.ts`,
    'step: ({ ids, targets }, learningRate, step) => {',
    'step: ({ ids, targets }, learningRate, step) => {\n      if (step === 390) loadFrozen(frozen.map(({ shape: dims }) => new Float32Array(dims.reduce((a, b) => a * b, 1))));',
    'whole-run',
  ],
  'a run that is resumed late forgets its first moments': [
    `${training}/checkpoint.ts`,
    "first: part('first')",
    "first: part('first').map((data) => (Number(step) > 320 ? data.fill(0) : data))",
    'whole-run',
  ],
  'a checkpoint that is written late holds no best weights': [
    `${training}/train-model.ts`,
    'writeCheckpoint(scratch, trained, { step, curve, best }, graph.read)',
    'writeCheckpoint(scratch, trained, { step, curve, best: step > 320 ? undefined : best }, graph.read)',
    'whole-run',
  ],
  'a resumed run forgets its second moments': [
    `${training}/checkpoint.ts`,
    "second: part('second') }",
    "second: part('second').map((data) => data.fill(0)) }",
    'miniature',
  ],
  'evaluation looks at training text': [
    `${training}/train-model.ts`,
    "const stretch = batchesOf('held-out', task.heldOut",
    "const stretch = batchesOf('held-out', task.train",
    'miniature',
  ],
  'the last weights are kept in the place of the best': [
    `${training}/train-model.ts`,
    'best: !best || best.step === step ? last : finish(best.step, best.values)',
    'best: last',
    'miniature',
  ],
  'of equal losses the later one is the best': [
    `${training}/train-model.ts`,
    '!(heldOutLossNats >= (best?.heldOutLossNats ?? Infinity))',
    '!(heldOutLossNats > (best?.heldOutLossNats ?? Infinity))',
    'whole-run',
  ],
  'patience is one evaluation too long': [
    `${training}/train-model.ts`,
    '.length >= patience',
    '.length > patience',
    'whole-run',
  ],
  'a resumed run forgets its best weights': [
    `${training}/train-model.ts`,
    'let { best } = resumed;',
    'let best: typeof resumed.best;',
    'whole-run',
  ],
  'weights are evaluated as trained, and stored rounded': [
    `${training}/train-model.ts`,
    'const stored = values.map((data) => asStored(data, precision));',
    'const stored = values;',
    '(miniature|whole-run)',
  ],
  'the file says another step': [
    `${training}/write-run.ts`,
    'steps: best.step }',
    'steps: last.step }',
    'whole-run',
  ],
  'the file leaves the last parameter out': [
    `${training}/write-run.ts`,
    'if (data) tensors[name]',
    "if (data && name !== 'ln_f.bias') tensors[name]",
    'whole-run',
  ],
} as const;

const root = join(import.meta.dirname, '..', '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
const shape = modelShape.parse({ nLayers: 1, dModel: 8, nHeads: 2, contextLength: 8 });
const vocabSize = 29;
const params = trainRunParams.parse({
  run: 'v1',
  shape,
  frozen: ['ln_f.weight'],
  options: {
    steps: 400,
    batchSize: 2,
    learningRate: 0.002,
    warmupSteps: 20,
    evaluateEvery: 20,
    evaluateWindows: 2,
    patience: 3,
    precision: 'F16',
    checkpointEvery: 50,
    finalWindows: { heldOut: 2, train: 2 },
  },
});

const workshop: Workshop = {
  root: folder,
  store: openStore(join(folder, 'store')),
  platform: nativePlatform(root),
  reference: nativePlatform(root),
  machine: machineClass(),
  environment: backendEnvironment,
  reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
};

/** A stage that is finished, with a file for its one output. */
const finishedInput = (name: string, output: string): readonly [Stage, FinishedStage] => {
  const stage = { name, code: { outputs: { [output]: output } } } as unknown as Stage;
  const lend = async (_: string, path: string): Promise<void> => copyFileSync(join(folder, name), path);
  return [stage, { stage, lend } as unknown as FinishedStage];
};
const [tokensStage, tokens] = finishedInput('tokens', 'tokens');
const [initStage, init] = finishedInput('init', 'init');

/** The definition is loaded from the copied sources, whose edits its bundle is made of. */
let stage: Stage;
const parts = ['miniature', 'whole-run', 'spread-steps'];

const replay = async (): Promise<Witness> => {
  const { program } = (await identifyStages(workshop, [stage]))(stage, { content: {}, named: {} });
  const upstream = new Map([
    ['tokens', tokens],
    ['init', init],
  ]);
  return replayWitness(workshop, { paper: 'copied' }, stage, { program, params, files: {} }, upstream, parts);
};

const text = (length: number, stream: string): Int32Array => {
  const random = seededRandom(1, stream);
  return Int32Array.from({ length }, () => random.integer(vocabSize));
};

let witness: Witness;
beforeAll(async () => {
  const parts = [
    'src/engine',
    'src/numerics',
    'src/tensor',
    'experiments/paper-54',
    'package.json',
    'scripts/setup',
  ];
  for (const part of parts) {
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.includes('/published'),
    });
  }
  // One by one: the project's own name leads to the copy.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const target = name === 'reproducible-paper' ? folder : join(root, 'node_modules', name);
    symlinkSync(target, join(folder, 'node_modules', name));
  }
  const tensor = (data: Int32Array) => ({ dtype: 'I32' as const, shape: [data.length], data });
  writeSafetensors(
    join(folder, 'tokens'),
    { train: tensor(text(900, 'train')), heldOut: tensor(text(60, 'held-out')) },
    { vocabSize: String(vocabSize) },
  );
  const parameters = randomParameters(shape, vocabSize, 1, 'v1');
  writeSafetensors(join(folder, 'init'), parameterTensors(shape, vocabSize, parameters), {});
  const module = pathToFileURL(join(folder, training, 'train-run.ts')).href;
  const { trainRun } = await import(/* @vite-ignore */ module);
  stage = {
    name: 'train-v1',
    code: trainRun,
    inputs: { tokens: tokensStage, init: initStage },
    files: {},
    params,
    threads: 2,
  };
  witness = await replay();
});
afterAll(() => rmSync(folder, { recursive: true }));

const sameBits = () => 'equal bits' as const;

test('unchanged code, and code with other comments and layout, replays to equal bits', async () => {
  const file = join(folder, training, 'learning-rate.ts');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replaceAll('\n', '\n\n// another comment\n'));
  expect(compareWitness(witness, await replay(), sameBits)).toBeUndefined();
  writeFileSync(file, before);
});

test('the same run written otherwise replays to equal bits', async () => {
  const file = join(folder, training, 'train-model.ts');
  const before = readFileSync(file, 'utf8');
  const refactored = before.replace('step += 1;', 'const next = step + 1;\n      step = next;');
  expect(refactored).not.toBe(before);
  writeFileSync(file, refactored);
  expect(compareWitness(witness, await replay(), sameBits)).toBeUndefined();
  writeFileSync(file, before);
});

test.for(Object.entries(mutations))('it is noticed when %s', async ([, [path, before, after, part]]) => {
  const file = join(folder, path);
  const whole = readFileSync(file, 'utf8');
  expect(whole.split(before)).toHaveLength(2);
  writeFileSync(file, whole.replace(before, after));
  const mutated = await replay();
  writeFileSync(file, whole);
  // On the machine class of the witness, and on any other.
  for (const by of ['equal bits', 'tolerance'] as const) {
    expect(compareWitness(witness, mutated, () => by)?.where).toMatch(new RegExp(`^${part}, `));
  }
});

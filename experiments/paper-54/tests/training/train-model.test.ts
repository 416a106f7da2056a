import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { formatError, PaperError } from 'reproducible-paper/stage';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { modelShape } from '../../model/model-shape.ts';
import { randomParameters } from '../../model/parameters.ts';
import { openTokens } from '../../tokenizer/token-reader.ts';
import { batchAt, createBatches, stretchOf, tiledStarts } from '../../training/batches.ts';
import { learningRateAt } from '../../training/learning-rate.ts';
import { trainModel } from '../../training/train-model.ts';
import { type TrainingOptions, trainingOptions } from '../../training/training-options.ts';

const shape = modelShape.parse({ nLayers: 1, dModel: 8, nHeads: 2, contextLength: 6 });
const vocabSize = 13;
const options = trainingOptions.parse({
  steps: 7,
  batchSize: 3,
  learningRate: 0.01,
  warmupSteps: 2,
  evaluateEvery: 3,
  evaluateWindows: 3,
  finalWindows: { heldOut: 3, train: 3 },
  checkpointEvery: 2,
});
const random = seededRandom(3, 'text');
const text = (length: number): Int32Array => Int32Array.from({ length }, () => random.integer(vocabSize));
// 40 tokens: six windows, two batches an epoch, so that seven steps pass three borders of epochs.
const [train, heldOut] = [text(40), text(20)];

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'training-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const run = (
  changes: Partial<TrainingOptions> = {},
  stopAfter = Number.POSITIVE_INFINITY,
  frozen: readonly string[] = [],
) =>
  trainModel({
    shape,
    vocabSize,
    options: { ...options, ...changes },
    train,
    heldOut,
    start: randomParameters(shape, vocabSize, 1, 'v1'),
    frozen: new Set(frozen),
    scratch,
    report: ({ done }) => {
      if (done === stopAfter) throw new Error('stopped');
    },
  });

const forget = (): void => rmSync(join(scratch, 'checkpoint.safetensors'), { force: true });

test('the same seed gives the same bits', async () => {
  const first = await run();
  forget();
  const second = await run();
  expect(second.last.parameters).toEqual(first.last.parameters);
  expect(second.curve).toEqual(first.curve);
});

test('a training stopped after a checkpoint goes on to the same bits', async () => {
  const whole = await run();
  forget();
  await expect(run({}, 5)).rejects.toThrow('stopped');
  const resumed = await run();
  expect(resumed.last.parameters).toEqual(whole.last.parameters);
  expect(resumed.curve).toEqual(whole.curve);
});

test('a damaged checkpoint is as good as none', async () => {
  const whole = await run();
  writeFileSync(join(scratch, 'checkpoint.safetensors'), 'damaged');
  expect((await run()).last.parameters).toEqual(whole.last.parameters);
});

test('frozen parameters keep their values, and the others move', async () => {
  const start = randomParameters(shape, vocabSize, 1, 'v1');
  const { last } = await run({}, undefined, ['wte.weight']);
  expect(last.parameters.has('wte.weight')).toBe(false);
  expect(last.parameters.get('blocks.0.attn.c_attn.weight')).not.toEqual(
    start.get('blocks.0.attn.c_attn.weight'),
  );
});

test('training lowers the loss on what it is trained on', async () => {
  const { curve } = await run({ steps: 60, learningRate: 0.03 });
  expect(curve.at(-1)!.trainLossNats).toBeLessThan(curve[0]!.trainLossNats * 0.8);
  expect(
    curve
      .filter(({ heldOutLossNats }) => heldOutLossNats !== undefined)
      .map(({ step }) => step)
      .slice(0, 2),
  ).toEqual([3, 6]);
});

test('a training that diverges stops, and names the step', async () => {
  const text = await run({ learningRate: 1e30, warmupSteps: 0, steps: 20, schedule: 'constant' }).then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof PaperError ? formatError(error) : String(error)),
  );
  expect(text).toMatch(
    new RegExp(
      [
        '^TrainingDiverged: the training diverged at step \\d+\\.',
        '  expected a finite gradient and a loss below 100 nats; received loss \\S+, gradient norm \\S+',
        '  hint: lower the learning rate \\(1\\.00e\\+30 at this step\\) or lengthen the warm-up\\.$',
      ].join('\n'),
    ),
  );
});

test('nothing is left in the backend', async () => {
  const kernels = nativeKernels();
  const before = kernels.count();
  await run();
  expect(kernels.count()).toBe(before);
});

test('the rate rises, falls along a cosine to a tenth, or stays', () => {
  const at = (step: number, schedule: 'cosine' | 'constant' = 'cosine'): number =>
    learningRateAt(step, { learningRate: 1, warmupSteps: 10, steps: 110, schedule });
  expect(at(5)).toBe(0.5);
  expect(at(10)).toBe(1);
  expect(at(60)).toBeCloseTo(0.55, 12);
  expect(at(110)).toBeCloseTo(0.1, 12);
  expect(at(110, 'constant')).toBe(1);
});

test('a step sees every window once an epoch, in an order that seed and epoch decide', () => {
  const tokens = Int32Array.from({ length: 37 }, (_, at) => at);
  const batches = createBatches(tokens, 6, 3, 1);
  const firsts = (step: number): readonly number[] => [...batches(step).ids].filter((_, at) => at % 6 === 0);
  const epoch = (first: number) => [...firsts(first), ...firsts(first + 1)];
  expect(epoch(1).toSorted((a, b) => a - b)).toEqual(tiledStarts(37, 6));
  expect(epoch(3).toSorted((a, b) => a - b)).toEqual(tiledStarts(37, 6));
  expect(epoch(1)).not.toEqual(epoch(3));
  expect(createBatches(tokens, 6, 3, 1)(4)).toEqual(batches(4));
  expect(createBatches(tokens, 6, 3, 2)(1)).not.toEqual(batches(1));
  expect([...batchAt(tokens, [6], 3).targets]).toEqual([7, 8, 9]);
  expect(stretchOf(tokens, 6, 4, 3).map(({ ids }) => ids.length)).toEqual([18, 6]);
});

test('batches of tokens left in their file are those of tokens in memory', () => {
  const file = join(scratch, 'tokens.safetensors');
  writeSafetensors(
    file,
    { train: vectorTensor('I32', train), heldOut: vectorTensor('I32', heldOut) },
    { vocabSize: String(vocabSize) },
  );
  const tokens = openTokens(file);
  expect(tokens.vocabSize).toBe(vocabSize);
  const [inFile, inMemory] = [tokens.part('train'), train].map((text) => createBatches(text, 6, 3, 1));
  for (let step = 1; step <= 5; step += 1) expect(inFile!(step)).toEqual(inMemory!(step));
  expect(stretchOf(tokens.part('heldOut'), 6, 3, 2)).toEqual(stretchOf(heldOut, 6, 3, 2));
});

test('a text that does not fill a batch is refused', () => {
  expect(errorText(() => createBatches(new Int32Array(18), 6, 3, 1))).toBe(
    [
      'TextTooShort: the training text does not fill one batch.',
      '  expected at least 19 tokens; received 18',
      '  hint: give a longer corpus, or lower the batch size or the context length.',
    ].join('\n'),
  );
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { expect, test } from 'vitest';
import { initialParameters, lossNats, type Parameters, stepDown } from '../bigram-model.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { drawTokens, entropyNats } from '../source.ts';
import { train } from '../train.ts';

const shape = { vocabSize: 3, width: 2 };
const tokens = Int32Array.of(0, 1, 2, 2, 0, 1);

/** GELU in its tanh form, and cross-entropy, one number after the other in float64. */
const naiveLoss = ({ embedding, weight, bias }: Parameters): number => {
  const gelu = (x: number): number =>
    (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
  let sum = 0;
  for (let at = 1; at < tokens.length; at += 1) {
    const hidden = [0, 1].map((d) => gelu(embedding![tokens[at - 1]! * 2 + d]!));
    const logits = [0, 1, 2].map(
      (token) => bias![token]! + hidden[0]! * weight![token * 2]! + hidden[1]! * weight![token * 2 + 1]!,
    );
    sum += Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0)) - logits[tokens[at]!]!;
  }
  return sum / (tokens.length - 1);
};

test('the loss is that of a naive loop, a step goes down its slope, and no tensor is left', () => {
  const before = nativeKernels().count();
  const parameters = initialParameters(shape, 1);
  // float32 against float64, a few rounded operations deep.
  expect(lossNats(shape, parameters, tokens)).toBeCloseTo(naiveLoss(parameters), 6);
  const rate = 0.01;
  const after = stepDown(shape, parameters, tokens, rate);
  for (const [name, numbers] of Object.entries(parameters)) {
    numbers.forEach((number, at) => {
      const moved = (by: number): number =>
        naiveLoss({ ...parameters, [name]: numbers.with(at, number + by) });
      // Central differences of a loss near one, whose numbers are rounded to float32: good to a thousandth.
      const slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
      expect((number - after[name]![at]!) / rate, `${name} ${at}`).toBeCloseTo(slope, 2);
    });
  }
  expect(nativeKernels().count()).toBe(before);
});

test('a checkpoint gives back what was written, bit by bit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  const state = { step: 7, parameters: initialParameters(shape, 2), curve: [{ step: 0, loss: 1.25 }] };
  expect(readCheckpoint(folder, shape)).toBeUndefined();
  writeCheckpoint(folder, shape, state);
  expect(readCheckpoint(folder, shape)).toEqual(state);
  rmSync(folder, { recursive: true });
});

test('a training that was stopped goes on to the same bits', async () => {
  const params = {
    source: { vocabSize: 3, persistence: 0.5 },
    width: 2,
    seed: 1,
    batchSize: 8,
    learningRate: 1,
    evaluateEvery: 2,
    checkpointEvery: 2,
  };
  const folder = mkdtempSync(join(tmpdir(), 'training-'));
  const weightsAfter = async (scratch: string, ...steps: readonly number[]): Promise<Buffer> => {
    mkdirSync(join(folder, scratch));
    const outputs = { result: join(folder, 'result'), weights: join(folder, 'weights') };
    for (const count of steps) {
      await train.run({
        params: { ...params, steps: count },
        inputs: {},
        outputs,
        scratch: join(folder, scratch),
        report: () => {},
      });
    }
    return readFileSync(outputs.weights);
  };
  const whole = await weightsAfter('whole', 6);
  // The fifth step was made and not kept.
  expect((await weightsAfter('stopped', 5, 6)).equals(whole)).toBe(true);
  rmSync(folder, { recursive: true });
});

test('the entropy of the source is what its tokens show', () => {
  const source = { vocabSize: 3, persistence: 0.5 };
  expect(entropyNats({ vocabSize: 3, persistence: 0 })).toBeCloseTo(Math.log(3), 12);
  expect(entropyNats({ vocabSize: 3, persistence: 1 })).toBe(0);
  const drawn = drawTokens(source, 30_001, 1, 'test');
  let successors = 0;
  for (let at = 1; at < drawn.length; at += 1) successors += Number(drawn[at] === (drawn[at - 1]! + 1) % 3);
  // Four standard errors of a share of two thirds over 30,000 draws.
  expect(Math.abs(successors / 30_000 - 2 / 3)).toBeLessThan(0.011);
});

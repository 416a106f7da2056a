import { join } from 'node:path';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { expect, test } from 'vitest';
import { createForward, probabilitiesOf } from '../../explore/forward.ts';
import { enterParameters } from '../../model/enter-parameters.ts';
import { modelShape } from '../../model/model-shape.ts';
import { parameterSpecs, readParameters, sizeOf } from '../../model/parameters.ts';
import { logits, positionConstants } from '../../model/photonic-gpt.ts';
import { naiveLogits } from '../model/naive-gpt.ts';

const small = modelShape.parse({ nLayers: 2, dModel: 8, nHeads: 2, contextLength: 6 });
const smallParameters = new Map(
  parameterSpecs(small, 11).map(({ name, shape }) => {
    const random = seededRandom(5, name);
    const offset = name.endsWith('.weight') && name.includes('ln_') ? 1 : 0;
    return [name, Float32Array.from({ length: sizeOf(shape) }, () => offset + 0.3 * random.normal())];
  }),
);
const naive = new Map([...smallParameters].map(([name, data]) => [name, Float64Array.from(data)]));

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at]!)), 0);

test('logits are those of naive loops, also where a text was gone on with, cut or changed', () => {
  const forward = createForward(small, smallParameters);
  for (const ids of [[1, 4], [1, 4, 9, 0, 3], [1], [1, 7, 9, 0, 3], [10, 2, 7, 1, 3, 3]]) {
    // float32 between steps of some hundred operations on numbers near 1.
    expect(largestDifference(forward(ids).logits, naiveLogits(small, naive, ids).at(-1)!)).toBeLessThan(1e-5);
  }
});

test('what was answered before keeps its attention when the text changes', () => {
  const forward = createForward(small, smallParameters);
  const first = forward([1, 4, 9]);
  const before = first.attention(1, 1);
  forward([1, 7, 9, 0]);
  expect(first.attention(1, 1)).toEqual(before);
});

const published = join(import.meta.dirname, '../../published/train-v1.seed-1/weights.safetensors');

test('of the published weights, logits and attention are those of the TensorFlow model', () => {
  const weights = readSafetensors(published);
  const shape = modelShape.parse(
    Object.fromEntries(Object.keys(modelShape.shape).map((name) => [name, Number(weights.metadata[name])])),
  );
  const vocabSize = Number(weights.metadata['vocabSize']);
  const parameters = readParameters(weights, shape, vocabSize);
  const random = seededRandom(1, 'ids');
  const ids = Array.from({ length: 30 }, () => Math.floor(random.uniform() * vocabSize));
  const kernels = nativeKernels();
  const before = kernels.count();
  const maps: Float32Array[] = [];
  const expected = kernels.scope(() => {
    const handles = enterParameters(kernels, shape, vocabSize, parameters);
    const frozen = new Map([...handles].map(([name, handle]) => [name, variable(handle, false)]));
    const tokens = kernels.tensor(Int32Array.from(ids), [ids.length]);
    const constants = positionConstants(kernels, shape, ids.length);
    const all = logits(createTape(kernels), shape, frozen, constants, tokens, 1, {
      onAttention: (_, probabilities) => maps.push(Float32Array.from(kernels.read(probabilities))),
    });
    return kernels.read(all.handle).slice(-vocabSize);
  });
  expect(kernels.count()).toBe(before);
  const { logits: found, attention } = createForward(shape, parameters)(ids);
  // TensorFlow sums in float32 (relative error near 1e-6 at widths of 256 and 1024), through eight layers, on logits of
  // some 20: a hundred times below what a shown digit of a probability needs.
  expect(largestDifference(found, expected)).toBeLessThan(5e-4);
  expect(found.length).toBe(vocabSize);
  for (const [layer, head] of [
    [0, 0],
    [3, 5],
    [7, 7],
  ] as const) {
    const map = attention(layer, head);
    const own = maps[layer]!.subarray(head * ids.length ** 2, (head + 1) * ids.length ** 2);
    expect(largestDifference(map, own)).toBeLessThan(1e-4);
    for (let t = 0; t < ids.length; t += 1) {
      const row = map.subarray(t * ids.length, (t + 1) * ids.length);
      // Thirty float32 roundings.
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(row.subarray(t + 1).every((share) => share === 0)).toBe(true);
    }
  }
  // 15,007 float32 roundings of numbers below one.
  expect(probabilitiesOf(found).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
});

import { expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { causalAttention } from '../../../../../src/tensor/model/composed-attention.ts';
import { createTape, variable } from '../../../../../src/tensor/model/tape.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const dHead = 4;

/** softmax of masked scores and what it mixes, of one sequence and one head, in loops. */
const naive = (q: Float64Array, k: Float64Array, v: Float64Array, length: number) => {
  const row = (of: Float64Array, at: number) => of.subarray(at * dHead, (at + 1) * dHead);
  const p = new Float64Array(length * length);
  const mixed = new Float64Array(length * dHead);
  for (let t = 0; t < length; t += 1) {
    const scores = Array.from({ length: t + 1 }, (_, s) =>
      Math.exp(row(q, t).reduce((sum, x, j) => sum + x * row(k, s)[j]!, 0)),
    );
    const total = scores.reduce((sum, score) => sum + score, 0);
    scores.forEach((score, s) => {
      p[t * length + s] = score / total;
      row(v, s).forEach((x, j) => {
        mixed[t * dHead + j]! += (score / total) * x;
      });
    });
  }
  return { p, mixed };
};

// Even, odd, and too short for two blocks.
test.each([6, 5, 1])('attention over %i positions is that of naive loops, block by block', (length) => {
  const kernels = nativeKernels();
  const before = kernels.count();
  const [q, k, v] = ['q', 'k', 'v'].map((name) => seededRandom(3, name).normals(length * dHead));
  kernels.scope(() => {
    const enter = (data: Float64Array) =>
      variable(kernels.tensor(Float32Array.from(data), [1, 1, length, dHead]), true);
    const mask = Float32Array.from({ length: length ** 2 }, (_, at) =>
      at % length > Math.floor(at / length) ? -1e9 : 0,
    );
    const { mixed, probabilities } = causalAttention(
      createTape(kernels),
      enter(q!),
      enter(k!),
      enter(v!),
      kernels.tensor(mask, [length, length]),
    );
    const expected = naive(q!, k!, v!, length);
    // float32 against float64 on numbers near 1.
    expected.mixed.forEach((x, at) => {
      expect(kernels.read(mixed.handle)[at]).toBeCloseTo(x, 5);
    });
    const shown = probabilities();
    expect(shown.shape).toEqual([1, 1, length, length]);
    expected.p.forEach((x, at) => {
      expect(kernels.read(shown)[at]).toBeCloseTo(x, 5);
    });
  });
  expect(kernels.count()).toBe(before);
});

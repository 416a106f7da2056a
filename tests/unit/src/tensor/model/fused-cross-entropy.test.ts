import { expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { fusedCrossEntropy } from '../../../../../src/tensor/model/fused-cross-entropy.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const kernels = nativeKernels();

// Less than a vector of eight; whole vectors; past a part of 512 sums; more rows than a share of eight.
test.each([
  [1, 3],
  [3, 16],
  [20, 1037],
])('%i rows of %i logits lose, and slope, as loops in float64 say', (rows, vocab) => {
  const before = kernels.count();
  const logits = Float32Array.from(seededRandom(2, 'logits').normals(rows * vocab), (x) => 4 * x);
  const targets = Int32Array.from({ length: rows }, (_, row) => (7 * row + 1) % vocab);
  const { losses, slopes } = kernels.scope(() => {
    const given = [kernels.tensor(logits, [rows, vocab]), kernels.tensor(targets, [rows])] as const;
    const found = fusedCrossEntropy(kernels, ...given);
    const read = { losses: kernels.read(found.losses), slopes: kernels.read(found.slopes()) };
    // Whoever else has a use for the logits still finds them.
    expect(kernels.read(given[0])).toEqual(logits);
    return read;
  });
  expect(kernels.count()).toBe(before);
  for (let row = 0; row < rows; row += 1) {
    const own = logits.subarray(row * vocab, (row + 1) * vocab);
    const sum = own.reduce((total, x) => total + Math.exp(x), 0);
    // Losses near 10 in float32; each slope is a quotient of two exponentials good to some 2e-7.
    expect(losses[row]).toBeCloseTo(Math.log(sum) - own[targets[row]!]!, 5);
    own.forEach((x, j) => {
      const slope = Math.exp(x) / sum - (j === targets[row] ? 1 : 0);
      expect(Math.abs(slopes[row * vocab + j]! - slope)).toBeLessThan(5e-7);
    });
  }
});

test('a target without any probability that a float32 holds loses its whole distance', () => {
  kernels.scope(() => {
    const logits = kernels.tensor(Float32Array.of(0, 200, 0), [1, 3]);
    const { losses, slopes } = fusedCrossEntropy(kernels, logits, kernels.tensor(Int32Array.of(0), [1]));
    expect(kernels.read(losses)[0]).toBeCloseTo(200, 4);
    expect([...kernels.read(slopes())].map(Math.round)).toEqual([-1, 1, 0]);
  });
});

test('a target outside the vocabulary is refused', () => {
  kernels.scope(() => {
    const logits = kernels.tensor(Float32Array.of(0, 1, 2), [1, 3]);
    const targets = kernels.tensor(Int32Array.of(3), [1]);
    expect(() => fusedCrossEntropy(kernels, logits, targets)).toThrow('a target is not in the vocabulary');
  });
});

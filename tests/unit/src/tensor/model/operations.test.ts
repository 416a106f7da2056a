import { expect, test } from 'vitest';
import { crossEntropy } from '../../../../../src/tensor/model/operations.ts';
import { createTape, variable } from '../../../../../src/tensor/model/tape.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

test('cross-entropy is summed in nats, and exact where the target has no probability that a float32 holds', () => {
  const kernels = nativeKernels();
  kernels.scope(() => {
    const tape = createTape(kernels);
    const logits = variable(kernels.tensor(Float32Array.of(0, 200, 0, 1, 1, 1), [2, 3]), true);
    const loss = crossEntropy(tape, logits, kernels.tensor(Int32Array.of(0, 2), [2]));
    // The first row loses 200 nats, of a probability of 1e-87; the second log 3.
    expect(kernels.read(loss.handle)[0]).toBeCloseTo(200 + Math.log(3), 4);
    const [slopes] = tape.gradients(loss, [logits]);
    const third = 1 / 3;
    [-1, 1, 0, third, third, third - 1].forEach((slope, at) => {
      expect(kernels.read(slopes!)[at]).toBeCloseTo(slope, 6);
    });
  });
});

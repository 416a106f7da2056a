import { expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { fusedGelu } from '../../../../../src/tensor/model/fused-gelu.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const kernels = nativeKernels();

/** The tanh form, as Hendrycks and Gimpel write it, in float64; and its derivative. */
const reference = (x: number): { readonly y: number; readonly slope: number } => {
  const root = Math.sqrt(2 / Math.PI);
  const t = Math.tanh(root * (x + 0.044715 * x ** 3));
  return {
    y: 0.5 * x * (1 + t),
    slope: 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x),
  };
};

// Less than a vector of eight; whole vectors; more than a share of 32,768 entries, and one over.
test.each([
  [1, 3],
  [2, 16],
  [257, 129],
])('%i rows of %i entries are those of the tanh form in float64, and so are their slopes', (rows, cols) => {
  const before = kernels.count();
  const x = Float32Array.from(seededRandom(1, 'gelu').normals(rows * cols), (z) => 3 * z);
  const dy = Float32Array.from(seededRandom(2, 'gelu').normals(rows * cols));
  const { y, dx } = kernels.scope(() => {
    const [given, slopes] = [kernels.tensor(x, [rows, cols]), kernels.tensor(dy, [rows, cols])];
    const found = {
      y: kernels.read(fusedGelu.value(kernels, given)),
      dx: kernels.read(fusedGelu.gradient(kernels, given, slopes)),
    };
    // Whoever else has a use for the gradient still finds it.
    expect(kernels.read(slopes)).toEqual(dy);
    return found;
  });
  expect(kernels.count()).toBe(before);
  x.forEach((at, i) => {
    const expected = reference(at);
    // A handful of roundings of 6e-8 at the size of what is added up.
    expect(Math.abs(y[i]! - expected.y)).toBeLessThan(5e-7 * Math.max(1, Math.abs(at)));
    expect(Math.abs(dx[i]! - dy[i]! * expected.slope)).toBeLessThan(2e-6 * Math.max(1, Math.abs(dy[i]!)));
  });
});

test('far from zero it is the entry itself, or nothing, and never fails to be a number', () => {
  kernels.scope(() => {
    const x = kernels.tensor(Float32Array.of(-1e6, -40, 0, 40, 1e6), [1, 5]);
    const ones = kernels.tensor(new Float32Array(5).fill(1), [1, 5]);
    const [y, dx] = [fusedGelu.value(kernels, x), fusedGelu.gradient(kernels, x, ones)];
    // The gate is never less than e^-87.
    [0, 0, 0, 40, 1e6].forEach((value, i) => {
      expect(kernels.read(y)[i]).toBeCloseTo(value, 20);
    });
    [0, 0, 0.5, 1, 1].forEach((slope, i) => {
      expect(kernels.read(dx)[i]).toBeCloseTo(slope, 15);
    });
  });
});

test('a gradient of another shape is refused', () => {
  kernels.scope(() => {
    const [x, dy] = [[2, 3] as const, [3, 2] as const].map((shape) =>
      kernels.tensor(new Float32Array(6), shape),
    );
    expect(() => fusedGelu.gradient(kernels, x!, dy!)).toThrow(
      'the gradient has another shape than the activation',
    );
  });
});

import { expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { fusedLayerNorm } from '../../../../../src/tensor/model/fused-layer-norm.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const kernels = nativeKernels();

const normals = (seed: number, count: number): Float32Array =>
  Float32Array.from(seededRandom(seed, 'layer-norm').normals(count));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);

/** One row in float64, by the chain rule through mean and variance. */
const reference = (
  x: readonly number[],
  gain: Float32Array,
  bias: Float32Array,
  dy: readonly number[],
): { readonly unit: number[]; readonly y: number[]; readonly dx: number[] } => {
  const d = x.length;
  const mean = sum(x) / d;
  const variance = sum(x.map((at) => (at - mean) ** 2)) / d;
  const sd = Math.sqrt(variance + 1e-5);
  const unit = x.map((at) => (at - mean) / sd);
  const dUnit = dy.map((slope, j) => slope * gain[j]!);
  const dVariance = sum(dUnit.map((slope, j) => slope * (x[j]! - mean))) * -0.5 * sd ** -3;
  const dMean = -sum(dUnit) / sd;
  return {
    unit,
    y: unit.map((u, j) => u * gain[j]! + bias[j]!),
    dx: dUnit.map((slope, j) => slope / sd + (dVariance * 2 * (x[j]! - mean)) / d + dMean / d),
  };
};

// Less than a vector of eight; vectors and a rest; more rows than a share of 64, and one over.
test.each([
  [1, 3],
  [3, 21],
  [129, 64],
])('%i rows of %i entries are those of loops in float64, and so are all gradients', (n, d) => {
  const before = kernels.count();
  const [x, gain, bias, dy] = [normals(1, n * d), normals(2, d), normals(3, d), normals(4, n * d)];
  const run = () =>
    kernels.scope(() => {
      const slopes = kernels.tensor(dy, [n, d]);
      const { y, gradients } = fusedLayerNorm(
        kernels,
        kernels.tensor(x, [n, d]),
        kernels.tensor(gain, [d]),
        kernels.tensor(bias, [d]),
      );
      const { dx, dGain, dBias } = gradients(slopes);
      const found = [y, dx, dGain(), dBias()].map((handle) => kernels.read(handle));
      // Whoever else has a use for the gradient still finds it.
      expect(kernels.read(slopes)).toEqual(dy);
      return found;
    });
  const found = run();
  const [y, dx, dGain, dBias] = found;
  expect(kernels.count()).toBe(before);
  const rows = Array.from({ length: n }, (_, i) => {
    const of = (a: Float32Array): readonly number[] => [...a.subarray(i * d, (i + 1) * d)];
    return { ...reference(of(x), gain, bias, of(dy)), dy: of(dy) };
  });
  rows.forEach((row, i) => {
    for (let j = 0; j < d; j += 1) {
      // Sums of d numbers near 1 in float32; three entries can lie close together, and are then divided by little.
      expect(Math.abs(y![i * d + j]! - row.y[j]!)).toBeLessThan(5e-6);
      expect(Math.abs(dx![i * d + j]! - row.dx[j]!)).toBeLessThan(2e-5);
    }
  });
  for (let j = 0; j < d; j += 1) {
    // Sums of n numbers near 1.
    expect(Math.abs(dGain![j]! - sum(rows.map((row) => row.dy[j]! * row.unit[j]!)))).toBeLessThan(5e-5);
    expect(Math.abs(dBias![j]! - sum(rows.map((row) => row.dy[j]!)))).toBeLessThan(5e-5);
  }
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
  expect(run()).toEqual(found);
  vi.unstubAllEnvs();
});

test('what does not fit is refused', () => {
  kernels.scope(() => {
    const tensor = (...shape: readonly number[]) =>
      kernels.tensor(new Float32Array(shape.reduce((size, next) => size * next, 1)), shape);
    expect(() => fusedLayerNorm(kernels, tensor(2, 3), tensor(3), tensor(2))).toThrow(
      'gain and bias are not as long as a row',
    );
    const { gradients } = fusedLayerNorm(kernels, tensor(2, 3), tensor(3), tensor(3));
    expect(() => gradients(tensor(3, 2))).toThrow('the gradient has another shape than the activation');
  });
});

import { expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { turnedProduct } from '../../../../../src/tensor/model/turned-product.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const kernels = nativeKernels();
const enter = (data: Float64Array, rows: number, cols: number) =>
  kernels.tensor(Float32Array.from(data), [rows, cols]);

// Single entries; whole tiles of 6 x 16, and one more each way; past a depth of 256 and a block of 96 rows.
test.each([
  [1, 1, 1],
  [8, 6, 16],
  [9, 7, 17],
  [257, 97, 33],
  [600, 200, 40],
])('a^T b over %i rows, %i x %i, and the sums of columns are those of loops in float64', (k, m, n) => {
  const before = kernels.count();
  const [a, b] = [seededRandom(1, 'a').normals(k * m), seededRandom(1, 'b').normals(k * n)];
  const run = () =>
    kernels.scope(() => {
      const { product, sums } = turnedProduct(kernels, enter(a, k, m), enter(b, k, n));
      return { product: kernels.read(product), sums: kernels.read(sums) };
    });
  const found = run();
  expect(kernels.count()).toBe(before);
  // Shares are cut by the number of threads.
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
  expect(run()).toEqual(found);
  vi.unstubAllEnvs();
  let [difference, size] = [0, 0];
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < n; j += 1) {
      let sum = 0;
      for (let row = 0; row < k; row += 1) sum += Math.fround(a[row * m + i]!) * Math.fround(b[row * n + j]!);
      difference += (found.product[i * n + j]! - sum) ** 2;
      size += sum ** 2;
    }
  }
  // A float32 sum of k terms rounds k times, by 6e-8 of its size so far at most, and at random.
  expect(Math.sqrt(difference / size)).toBeLessThan(6e-8 * Math.sqrt(k));
  for (let i = 0; i < m; i += 1) {
    let sum = 0;
    for (let row = 0; row < k; row += 1) sum += Math.fround(a[row * m + i]!);
    // k numbers near 1, whose sums reach some times the root of k.
    expect(Math.abs(found.sums[i]! - sum)).toBeLessThan(6e-8 * 4 * k);
  }
});

test('matrices of different numbers of rows are refused', () => {
  kernels.scope(() => {
    const [a, b] = [enter(new Float64Array(6), 2, 3), enter(new Float64Array(6), 3, 2)];
    expect(() => turnedProduct(kernels, a, b)).toThrow('the matrices have different numbers of rows');
  });
});

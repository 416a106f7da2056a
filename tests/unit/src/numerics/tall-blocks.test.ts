import { expect, test, vi } from 'vitest';
import { frobeniusNorm, type Matrix, matrix, subtract } from '../../../../src/numerics/matrix.ts';
import { matrixBlocks } from '../../../../src/numerics/matrix-blocks.ts';
import { mlMatrixLinearAlgebra } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { sparseFromTriplets } from '../../../../src/numerics/sparse-matrix.ts';
import { tallBlocks } from '../../../../src/numerics/tall-blocks.ts';
import { nativeKernels } from '../../../../src/tensor/native-kernels.ts';

const gaussian = (rows: number, cols: number, seed: number): Matrix =>
  matrix(rows, cols, seededRandom(seed, 'block').normals(rows * cols));

const plain = matrixBlocks(mlMatrixLinearAlgebra.multiply);

/** Rows and columns that fill no whole share, panel or group, and some that do. */
const shapes = [
  [1, 1, 1],
  [7, 3, 5],
  [513, 20, 8],
  [1100, 33, 17],
  [2048, 64, 16],
] as const;

test('products of blocks are those of plain matrices, whatever their shape and the threads', () => {
  const kernels = nativeKernels();
  const before = kernels.count();
  const blocks = tallBlocks(kernels);
  for (const [n, k, cols] of shapes) {
    const [a, tall, wide] = [gaussian(n, k, 1), gaussian(n, cols, 2), gaussian(k, cols, 3)];
    const products = (): readonly Matrix[] =>
      kernels.scope(() => [
        blocks.leave(blocks.multiply(blocks.enter(a), blocks.enter(tall), { transposeA: true })),
        blocks.leave(blocks.multiply(blocks.enter(a), blocks.enter(wide))),
        blocks.leave(blocks.lessProduct(blocks.enter(tall), blocks.enter(a), blocks.enter(wide))),
      ]);
    const found = products();
    const expected = [
      plain.multiply(a, tall, { transposeA: true }),
      plain.multiply(a, wide),
      plain.lessProduct(tall, a, wide),
    ];
    found.forEach((product, at) => {
      // Sums of at most 2048 products near 1: their rounding, in any order.
      expect(frobeniusNorm(subtract(product, expected[at]!)) / frobeniusNorm(expected[at]!)).toBeLessThan(
        1e-14,
      );
    });
    vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
    expect(products()).toEqual(found);
    vi.unstubAllEnvs();
  }
  expect(kernels.count()).toBe(before);
});

test('a sparse matrix with empty rows multiplies a block as a plain one does', () => {
  const kernels = nativeKernels();
  const random = seededRandom(4, 'sparse');
  const [rows, cols] = [700, 300];
  // Every seventh row is empty; row 1 is full.
  const places = Array.from({ length: rows }, (_, i) =>
    i % 7 === 0
      ? []
      : Array.from({ length: cols }, (__, j) => j).filter((j) => i === 1 || (i * 31 + j) % 23 === 0),
  );
  const a = sparseFromTriplets(rows, cols, {
    rows: Int32Array.from(places.flatMap((of, i) => of.map(() => i))),
    cols: Int32Array.from(places.flat()),
    values: random.normals(places.flat().length),
  });
  for (const width of [1, 8, 13, 24]) {
    const block = gaussian(cols, width, width);
    const found = kernels.scope(() => {
      const blocks = tallBlocks(kernels);
      return blocks.leave(blocks.sparse(a)(blocks.enter(block)));
    });
    const expected = plain.sparse(a)(block);
    // Sums of at most 300 products near 1.
    expect(frobeniusNorm(subtract(found, expected)) / frobeniusNorm(expected)).toBeLessThan(1e-14);
  }
});

test('blocks that do not fit each other are refused', () => {
  const kernels = nativeKernels();
  const product = (b: Matrix, transposeA: boolean): void =>
    kernels.scope(() => {
      const blocks = tallBlocks(kernels);
      blocks.multiply(blocks.enter(gaussian(4, 3, 5)), blocks.enter(b), { transposeA });
    });
  expect(() => product(gaussian(3, 2, 6), true)).toThrow('the blocks have different numbers of rows');
  expect(() => product(gaussian(4, 2, 6), false)).toThrow('the inner dimensions differ');
  expect(() =>
    kernels.scope(() => {
      const blocks = tallBlocks(kernels);
      const [from, a, b] = [gaussian(4, 3, 5), gaussian(4, 3, 6), gaussian(3, 2, 7)].map(blocks.enter);
      blocks.lessProduct(from!, a!, b!);
    }),
  ).toThrow('the product is to be taken from a block of another shape');
});

import { expect, test } from 'vitest';
import { kernelBlocks } from '../../../../src/numerics/kernel-blocks.ts';
import { kernelStacks } from '../../../../src/numerics/kernel-stacks.ts';
import type { MatrixStacks } from '../../../../src/numerics/matrix-stacks.ts';
import { withStacks } from '../../../../src/numerics/matrix-stacks.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { normalStream } from '../../../../src/numerics/normal-stream.ts';
import { plainStacks } from '../../../../src/numerics/plain-stacks.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { sparseFromTriplets } from '../../../../src/numerics/sparse-matrix.ts';
import { nativeKernels } from '../../../../src/tensor/native-kernels.ts';

const random = seededRandom(1, 'stacks');
const size = (shape: readonly number[]): number => shape.reduce((product, of) => product * of, 1);
const normals = (...shape: readonly number[]): Float64Array => random.normals(size(shape));

const [a, b, square, broad] = [normals(3, 4, 5), normals(1, 5, 2), normals(3, 4, 4), normals(3, 2, 4, 4)];
const sparse = sparseFromTriplets(4, 5, {
  rows: Int32Array.of(0, 1, 3, 3),
  cols: Int32Array.of(4, 0, 1, 2),
  values: Float64Array.of(2, -1, 0.5, 3),
});

/** Everything that stacks do, by name. */
const everything = <S>(stacks: MatrixStacks<S>): Readonly<Record<string, Float64Array>> => {
  const { enter, leave, multiply } = stacks;
  const [x, y, z] = [enter(a, [3, 4, 5]), enter(b, [1, 5, 2]), enter(square, [3, 4, 4])];
  const stream = normalStream(3, 'normals');
  const wide = enter(normalsOfFive, [1, 5, 37]);
  const outer = stacks.reshape(z, [3, 1, 4, 4]);
  return {
    'one meets each': leave(multiply(x, y)),
    'of one': leave(multiply(enter(b, [1, 1, 5, 2]), enter(b, [1, 1, 5, 2]), { transposeA: true })),
    'a^T b': leave(multiply(x, x, { transposeA: true })),
    'a b^T': leave(multiply(x, x, { transposeB: true })),
    'of four dimensions': leave(multiply(outer, enter(broad, [3, 2, 4, 4]), { transposeB: true })),
    single: leave(multiply(stacks.single(x), stacks.single(y))),
    'double of single': stacks.traceNorms(stacks.double(stacks.single(x))).energies,
    transpose: leave(stacks.transpose(x)),
    join: leave(stacks.join([stacks.reshape(x, [1, 12, 5]), enter(normalsOfTwo, [1, 2, 5])])),
    'join of one': leave(stacks.join([y])),
    'scaled columns': leave(stacks.scaleColumns(x, enter(a.slice(0, 5), [1, 1, 5]))),
    sparse: leave(stacks.sparse(sparse)(y)),
    'sparse in single': leave(stacks.sparse(sparse)(stacks.single(wide))),
    'picked rows': leave(stacks.pickRows(y, Int32Array.of(4, 0, 0))),
    'orthonormal rows': leave(stacks.orthonormalRows(z)),
    normals: leave(stacks.normals(stream, [1, 3, 5])), // an odd number of them
    'normals after': leave(stacks.normals(stream, [1, 2, 4])),
    'normals by the stream': stream.normals(5),
    'column energies, in single': stacks.columnEnergies(x),
    'inner products, in single': stacks.innerProducts(z, stacks.transpose(z)),
    'inner products of each, in single': stacks.innerProducts(z, stacks.reshape(z, [3, 4, 4])),
    'trace norms': stacks.traceNorms(x).norms,
    energies: stacks.traceNorms(x).energies,
    'Gram eigenvalues': stacks.gramEigenvalues(x),
  };
};
const normalsOfTwo = normals(2, 5);
const normalsOfFive = normals(5, 37);

// Sums of five terms, in float64 and, where it says so, in float32; a quadrature errs by 1e-11 of a sum of some 10.
const digitsOf = (name: string): number => {
  if (name === 'trace norms') return 9;
  return name.endsWith('single') ? 5 : 12;
};

test.each([true, false])(
  'stacks of kernels do what stacks in memory do, and leave no tensor behind; with our sparse product: %s',
  (own) => {
    const kernels = nativeKernels();
    const before = kernels.count();
    const found = kernels.scope(() => everything(kernelStacks(kernels, kernelBlocks(kernels), own)));
    expect(kernels.count()).toBe(before);
    for (const [name, expected] of Object.entries(everything(plainStacks(la)))) {
      expect(found[name], name).toHaveLength(expected.length);
      expected.forEach((x, at) => {
        expect(found[name]![at], `${name} ${at}`).toBeCloseTo(x, digitsOf(name));
      });
    }
  },
);

test('products are sums over what two matrices share, each of one with each of the other', () => {
  const product = withStacks(la, (stacks) => everything(stacks)['one meets each']!);
  for (let at = 0; at < 3; at += 1) {
    for (let i = 0; i < 4; i += 1) {
      for (let j = 0; j < 2; j += 1) {
        let sum = 0;
        for (let k = 0; k < 5; k += 1) sum += a[(at * 4 + i) * 5 + k]! * b[k * 2 + j]!;
        expect(product[(at * 4 + i) * 2 + j]).toBeCloseTo(sum, 12);
      }
    }
  }
});

test('orthonormal rows span what the rows before them span, in the same direction', () => {
  const o = withStacks(la, (stacks) => everything(stacks)['orthonormal rows']!);
  const inner = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  for (let at = 0; at < 3; at += 1) {
    const row = (of: Float64Array, i: number) => of.subarray((at * 4 + i) * 4, (at * 4 + i + 1) * 4);
    for (let i = 0; i < 4; i += 1) {
      expect(inner(row(square, i), row(o, i))).toBeGreaterThan(0);
      for (let j = 0; j < 4; j += 1) {
        expect(inner(row(o, i), row(o, j))).toBeCloseTo(i === j ? 1 : 0, 12);
        if (j > i) expect(inner(row(square, i), row(o, j))).toBeCloseTo(0, 12);
      }
    }
  }
});

test('trace norms are sums of singular values, also of matrices that are nearly singular, or zero', () => {
  // Singular values 1, 1e-1 ... 1e-7: between orthogonal factors, rows of cosines.
  const n = 8;
  const cosine = (k: number, j: number): number =>
    Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * k * (j + 0.5)) / n);
  const steep = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k += 1) sum += cosine(k, i) * 10 ** -k * cosine(k, j);
    return sum;
  });
  const both = Float64Array.of(...steep, ...new Float64Array(n * n));
  const { norms, energies } = withStacks({ ...la, name: 'tensorflow' }, (stacks) =>
    stacks.traceNorms(stacks.enter(both, [2, n, n])),
  );
  // The two smallest are at the Gram matrix's own rounding, 1e-8 of the largest.
  expect(norms[0]).toBeCloseTo((1 - 10 ** -n) / 0.9, 6);
  expect(energies[0]).toBeCloseTo((1 - 100 ** -n) / 0.99, 12);
  expect([norms[1], energies[1]]).toEqual([0, 0]);
});

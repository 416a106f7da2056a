import { expect, test, vi } from 'vitest';
import { kernelBlocks } from '../../../../src/numerics/kernel-blocks.ts';
import type { LinearAlgebra } from '../../../../src/numerics/linear-algebra.ts';
import {
  add,
  frobeniusNorm,
  fromRows,
  identity,
  type Matrix,
  matrix,
  scale,
  sliceCols,
  sliceRows,
  subtract,
  transpose,
  zeros,
} from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import {
  type SparseMatrix,
  sparseFromTriplets,
  sparseTranspose,
} from '../../../../src/numerics/sparse-matrix.ts';
import { tallBlocks } from '../../../../src/numerics/tall-blocks.ts';
import { tensorflowLinearAlgebra } from '../../../../src/numerics/tensorflow-linear-algebra.ts';
import { topEigenpairs } from '../../../../src/numerics/top-eigenpairs.ts';
import type { Kernels } from '../../../../src/tensor/kernels.ts';
import { nativeKernels } from '../../../../src/tensor/native-kernels.ts';
import { errorText } from '../../../error-text.ts';
import { antisymmetric, orthogonal, rankOne, symmetric } from './hand-made-matrices.ts';

const gaussian = (rows: number, cols: number, seed: number): Matrix =>
  matrix(rows, cols, seededRandom(seed, 'matrix').normals(rows * cols));

const native = tensorflowLinearAlgebra(nativeKernels(), kernelBlocks);
const both: readonly LinearAlgebra[] = [native, mlMatrixLinearAlgebra];

/** Every way of keeping blocks: TensorFlow's kernels, ours, and plain matrices. */
const withBlocks: readonly LinearAlgebra[] = [...both, tensorflowLinearAlgebra(nativeKernels(), tallBlocks)];

/** Kinds of matrices that break careless code, 12 x 12. */
const kinds: Readonly<Record<string, Matrix>> = {
  gaussian: gaussian(12, 12, 1),
  orthogonal: orthogonal(12, 1),
  'rank one': rankOne(12),
  symmetric: symmetric(12, 1),
  antisymmetric: antisymmetric(12, 1),
  'one entry': gaussian(1, 1, 4),
};

for (const [kind, a] of Object.entries(kinds)) {
  test(`both implementations find the singular values of a matrix that is ${kind}`, () => {
    const [ours, theirs] = both.map((la) => la.singularValues(a));
    ours!.forEach((sigma, i) => {
      // Backward error on 12 x 12 entries of at most 156.
      expect(Math.abs(sigma - theirs![i]!)).toBeLessThan(1e-11);
    });
    const squares = ours!.reduce((sum, sigma) => sum + sigma ** 2, 0);
    expect(Math.abs(Math.sqrt(squares) / frobeniusNorm(a) - 1)).toBeLessThan(1e-14);
  });

  test(`both implementations give the eigenvalues of a matrix that is ${kind}`, () => {
    const sums: number[][] = [];
    for (const la of both) {
      const { re, im } = la.eigenvalues(a);
      const trace = Array.from({ length: a.rows }, (_, i) => a.data[i * (a.rows + 1)]!).reduce(
        (sum, x) => sum + x,
        0,
      );
      expect(re.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 9);
      // Order is free: compare symmetric functions of them.
      sums.push(
        [re, im].flatMap((part) => [1, 2].map((k) => part.reduce((sum, x) => sum + Math.abs(x) ** k, 0))),
      );
    }
    // A defective matrix splits a zero eigenvalue by the root of rounding: 1e-16 to the half.
    sums[0]!.forEach((sum, i) => {
      expect(sum).toBeCloseTo(sums[1]![i]!, 6);
    });
  });
}

test('a symmetric matrix is its eigenvectors and eigenvalues', () => {
  const a = kinds['symmetric']!;
  for (const la of both) {
    const { values, vectors } = la.symmetricEigen(a);
    const scaled = matrix(
      12,
      12,
      vectors.data.map((x, at) => x * values[at % 12]!),
    );
    expect(frobeniusNorm(subtract(la.multiply(scaled, vectors, { transposeB: true }), a))).toBeLessThan(
      1e-11,
    );
    expect([...values]).toEqual([...values].toSorted((x, y) => x - y));
  }
});

test('products transpose where asked, and a rectangle has as many singular values as its shorter side', () => {
  const [a, b] = [gaussian(3, 5, 4), gaussian(3, 4, 5)];
  for (const la of both) {
    const product = la.multiply(a, b, { transposeA: true });
    let expected = 0;
    for (let i = 0; i < 3; i += 1) expected += a.data[i * 5 + 1]! * b.data[i * 4 + 2]!;
    expect([product.rows, product.cols]).toEqual([5, 4]);
    expect(product.data[1 * 4 + 2]).toBeCloseTo(expected, 12);
    expect(la.singularValues(a)).toHaveLength(3);
  }
});

test('a matrix with NaN, of the wrong shape, or not square is refused by both alike', () => {
  const broken = identity(3);
  broken.data[5] = Number.NaN;
  for (const la of both) {
    expect(errorText(() => la.singularValues(broken))).toBe(
      [
        'NotFinite: a matrix to decompose holds an entry that is not a finite number.',
        '  expected finite numbers; received NaN at row 1, column 2',
        '  hint: the run that made it diverged, or its file is damaged: make it again.',
      ].join('\n'),
    );
    expect(errorText(() => la.multiply(zeros(2, 3), zeros(2, 3)))).toBe(
      [
        'ShapeMismatch: two matrices cannot be multiplied.',
        '  expected inner dimensions to agree; received 3 and 2',
        '  hint: transpose one of them, or check which run it is from.',
      ].join('\n'),
    );
    expect(errorText(() => la.eigenvalues(zeros(2, 3)))).toBe(
      [
        'ShapeMismatch: eigenvalues need a square matrix.',
        '  expected as many rows as columns; received 2 x 3',
        '  hint: use singular values for a rectangular one.',
      ].join('\n'),
    );
  }
});

test('slices are parts of their matrix', () => {
  const a = gaussian(4, 6, 7);
  expect(sliceRows(a, 1, 3).data).toEqual(a.data.slice(6, 18));
  expect(transpose(sliceCols(a, 2, 4)).data).toEqual(sliceRows(transpose(a), 2, 4).data);
  expect(scale(a, 2).data[3]).toBe(2 * a.data[3]!);
});

/** A dense matrix in the form that Lanczos takes. */
const sparseOf = ({ rows: n, data }: Matrix): SparseMatrix => {
  const rows = Int32Array.from({ length: n * n }, (_, at) => Math.floor(at / n));
  return sparseFromTriplets(n, n, { rows, cols: rows.map((_, at) => at % n), values: data });
};

test('block Lanczos finds the leading eigenpairs of both signs, alike in both, and leaves no tensors', () => {
  const kernels = nativeKernels();
  const before = kernels.count();
  const n = 120;
  const u = orthogonal(n, 11);
  // Eigenvalues of both signs that decay slowly: 1, -0.96, 0.92, ...
  const spectrum = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * 0.96 ** i);
  const scaled = matrix(
    n,
    n,
    u.data.map((x, at) => x * spectrum[at % n]!),
  );
  const a = sparseOf(mlMatrixLinearAlgebra.multiply(scaled, u, { transposeB: true }));
  for (const la of withBlocks) {
    const { values, vectors, residual } = topEigenpairs([a], 10, la, { seed: 1, blockSize: 5, blocks: 14 });
    // The tolerance on the residual is 1e-2; eigenvalues of symmetric matrices are accurate to its square.
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(spectrum[i]!, 4);
    });
    expect(residual).toBeLessThan(1e-2);
    const gram = la.multiply(vectors, vectors, { transposeA: true });
    // Reorthogonalised: to rounding, whatever the number of blocks.
    expect(frobeniusNorm(subtract(gram, identity(10)))).toBeLessThan(1e-12);
    // The same of A^T A: squares.
    const squares = topEigenpairs([sparseTranspose(a), a], 4, la, { seed: 2, blockSize: 4 });
    squares.values.forEach((value, i) => {
      expect(value).toBeCloseTo(spectrum[i]! ** 2, 4);
    });
  }
  expect(kernels.count()).toBe(before);
});

test('block Lanczos that fills the whole space is a dense decomposition', () => {
  const a = gaussian(30, 30, 13);
  const symmetric = add(a, transpose(a));
  const expected = mlMatrixLinearAlgebra
    .symmetricEigen(symmetric)
    .values.toSorted((x, y) => Math.abs(y) - Math.abs(x));
  for (const la of withBlocks) {
    // Blocks of 8 do not divide 30: the last is narrower.
    const { values, residual } = topEigenpairs([sparseOf(symmetric)], 30, la, {
      seed: 1,
      blockSize: 8,
      tolerance: 1e-10,
    });
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 10);
    });
    expect(residual).toBeLessThan(1e-12);
  }
});

test('block Lanczos goes on where what is left of an operator is rounding: its range, or one value many times', () => {
  const n = 90;
  const u = orthogonal(n, 14);
  const spectra = {
    'rank 7': (i: number) => (i < 7 ? 2 - i / 10 : 0),
    'one value twelve times': (i: number) => (i < 12 ? 3 : 1 / (1 + i)),
  };
  for (const spectrum of Object.values(spectra)) {
    const scaled = { ...u, data: u.data.map((x, at) => x * spectrum(at % n)) };
    const a = sparseOf(mlMatrixLinearAlgebra.multiply(scaled, u, { transposeB: true }));
    for (const la of withBlocks) {
      // Blocks of 4, so that twelve equal values need three of them, and 60 columns in all.
      const { values, vectors, residual } = topEigenpairs([a], 14, la, {
        seed: 3,
        blockSize: 4,
        blocks: 15,
        tolerance: 1e-6,
      });
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(spectrum(i), 8);
      });
      expect(residual).toBeLessThan(1e-6);
      const gram = la.multiply(vectors, vectors, { transposeA: true });
      expect(frobeniusNorm(subtract(gram, identity(14)))).toBeLessThan(1e-12);
    }
  }
});

test('an operator that does not converge in the blocks allowed is refused', () => {
  const la = native;
  const a = gaussian(200, 200, 12);
  const flat = sparseOf(add(a, transpose(a)));
  const options = { seed: 1, blockSize: 2, blocks: 2, tolerance: 1e-9 };
  expect(errorText(() => topEigenpairs([flat], 3, la, options))).toMatch(
    /^LanczosNotConverged: the top 3 eigenpairs of a 200 x 200 operator did not converge\.\n {2}expected a residual of at most 1e-9; received \S+\n {2}hint: ask for fewer pairs, or give more blocks\.$/,
  );
});

test('batches give what single calls give, whatever threads share them', () => {
  const wide = [gaussian(5, 9, 21), gaussian(5, 9, 22), zeros(5, 9)];
  const square = [gaussian(70, 70, 23), identity(70), gaussian(70, 70, 24)];
  for (const la of both) {
    expect(la.batchSingularValues(wide)).toEqual(wide.map((a) => la.singularValues(a)));
    expect(la.batchEigenvalues(square)).toEqual(square.map((a) => la.eigenvalues(a)));
    expect(la.batchSingularValues([])).toEqual([]);
    expect(la.batchEigenvalues([])).toEqual([]);
  }
});

/** U diag(s) V^T of random orthogonal U [rows, rows] and V [cols, cols]. */
const withSingularValues = (s: Float64Array, rows: number, cols: number, seed: number): Matrix => {
  const u = sliceCols(orthogonal(rows, seed), 0, s.length);
  const v = sliceCols(orthogonal(cols, seed + 1), 0, s.length);
  const scaled = { ...u, data: u.data.map((x, at) => x * s[at % s.length]!) };
  return mlMatrixLinearAlgebra.multiply(scaled, v, { transposeB: true });
};

/** Descending, each of its own kind of difficulty for a step: clusters, gaps, values that vanish. */
const spectra = {
  'near each other': (i: number) => 1 - i / 400,
  'falling over twenty decades': (i: number) => 10 ** (-i / 2),
  'in two clusters far apart': (i: number) => (i < 20 ? 1 - i / 40 : 1e-9 * (1 - i / 80)),
  'all equal': () => 1,
  'half of them zero': (i: number) => (i < 20 ? 1 : 0),
};

for (const [kind, spectrum] of Object.entries(spectra)) {
  test(`singular values ${kind} are found, of tall and wide matrices and at any size`, () => {
    const la = native;
    const s = Float64Array.from({ length: 40 }, (_, i) => spectrum(i));
    for (const [rows, cols] of [
      [40, 40],
      [61, 40],
      [40, 67],
    ] as const) {
      const a = withSingularValues(s, rows, cols, 25);
      for (const size of [1, 1e-200, 1e200]) {
        const found = la.singularValues({ ...a, data: a.data.map((x) => size * x) });
        // The matrix itself is made of three products of 40 terms: some 40 epsilon of the largest.
        found.forEach((sigma, i) => {
          expect(Math.abs(sigma / size - s[i]!)).toBeLessThan(1e-14);
        });
      }
    }
  });
}

test('singular values of a matrix that is bidiagonal already, with zeros in its diagonal, are found', () => {
  const la = native;
  for (const [zero, n] of [
    [0, 5],
    [2, 5],
    [4, 5],
    [0, 1],
  ] as const) {
    const a = zeros(n, n);
    for (let i = 0; i < n; i += 1) {
      a.data[i * n + i] = i === zero ? 0 : i + 1;
      if (i + 1 < n) a.data[i * n + i + 1] = 1;
    }
    const expected = mlMatrixLinearAlgebra.singularValues(a);
    la.singularValues(a).forEach((sigma, i) => {
      // Five numbers below 6 in a handful of rotations.
      expect(Math.abs(sigma - expected[i]!)).toBeLessThan(1e-14);
    });
  }
});

/** Q T Q^T of a random orthogonal Q. */
const turned = (t: Matrix, seed: number): Matrix => {
  const q = orthogonal(t.rows, seed);
  return native.multiply(native.multiply(q, t), q, { transposeB: true });
};

test('eigenvalues of a normal matrix are those that it was made of, pairs and single ones, at an odd size', () => {
  const n = 257;
  const t = zeros(n, n);
  // Blocks [[x, y], [-y, x]] with eigenvalues x +- iy, and one real number at the end.
  const expected = Array.from({ length: (n - 1) / 2 }, (_, i) => ({ re: Math.cos(i), im: 1 + i / n }));
  expected.forEach(({ re, im }, i) => {
    const at = 2 * i * (n + 1);
    t.data.set([re, im], at);
    t.data.set([-im, re], at + n);
  });
  t.data[n * n - 1] = 3;
  const { re, im } = native.eigenvalues(turned(t, 31));
  // Eigenvalues of a normal matrix move no more than the matrix: n epsilon of its norm, 3.
  const near = 3 * n * Number.EPSILON;
  for (const sign of [1, -1]) {
    for (const pair of [...expected, { re: 3, im: 0 }]) {
      const distances = [...re.keys()].map((i) => Math.hypot(re[i]! - pair.re, im[i]! - sign * pair.im));
      expect(Math.min(...distances)).toBeLessThan(near);
    }
  }
});

test('a defective matrix has its one eigenvalue, as nearly as rounding leaves it', () => {
  const jordan = identity(4);
  for (let i = 0; i < 3; i += 1) jordan.data[i * 4 + i + 1] = 1;
  for (const la of both) {
    const { re, im } = la.eigenvalues(turned(jordan, 32));
    // A block of size 4 splits by the fourth root of rounding: (10 epsilon)^(1/4) = 2e-4.
    re.forEach((x, i) => {
      expect(Math.hypot(x - 1, im[i]!)).toBeLessThan(1e-3);
    });
  }
});

test('eigenvectors of a symmetric matrix are orthogonal at an odd size, with values many times over and at zero', () => {
  const n = 257;
  const expected = Float64Array.from({ length: n }, (_, i) => (i < 80 ? -2 : i < 180 ? 0 : i));
  const t = zeros(n, n);
  for (let i = 0; i < n; i += 1) t.data[i * (n + 1)] = expected[i]!;
  const a = turned(t, 33);
  const { values, vectors } = native.symmetricEigen(a);
  // n epsilon of the norm, 256.
  const near = n * Number.EPSILON * 256;
  values.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(near);
  });
  const gram = native.multiply(vectors, vectors, { transposeA: true });
  expect(frobeniusNorm(subtract(gram, identity(n)))).toBeLessThan(n * n * Number.EPSILON);
  const scaled = { ...vectors, data: vectors.data.map((x, at) => x * values[at % n]!) };
  expect(frobeniusNorm(subtract(native.multiply(a, vectors), scaled))).toBeLessThan(n * near);
});

test('singular values at an odd size are those that the matrix was made of', () => {
  const s = Float64Array.from({ length: 257 }, (_, i) => 1 / (1 + i));
  const found = native.singularValues(withSingularValues(s, 257, 300, 34));
  found.forEach((sigma, i) => {
    // 300 epsilon of the largest.
    expect(Math.abs(sigma - s[i]!)).toBeLessThan(7e-14);
  });
});

test('a matrix of one entry is its own decomposition', () => {
  const a = fromRows([[-3]]);
  for (const la of both) {
    expect([...la.singularValues(a)]).toEqual([3]);
    const { re, im } = la.eigenvalues(a);
    expect([...re, ...im]).toEqual([-3, 0]);
    const { values, vectors } = la.symmetricEigen(a);
    expect([...values, Math.abs(vectors.data[0]!)]).toEqual([-3, 1]);
  }
});

test('bits do not depend on the number of threads', () => {
  const batch = Array.from({ length: 6 }, (_, i) => gaussian(90, 90, 35 + i));
  const decomposed = () => [native.batchSingularValues(batch), native.batchEigenvalues(batch)];
  const shared = decomposed();
  vi.stubEnv('TF_NUM_INTRAOP_THREADS', '1');
  expect(decomposed()).toEqual(shared);
  vi.unstubAllEnvs();
});

test('what LAPACK does not decompose is an error that names its answer', () => {
  const kernels = nativeKernels();
  const before = kernels.count();
  // A matrix that is damaged on its way, since finite ones are decomposed.
  const damaging: Kernels = {
    ...kernels,
    tensor: (data, shape) => kernels.tensor((data as Float64Array).fill(Number.NaN, 4, 5), shape),
  };
  const la = tensorflowLinearAlgebra(damaging, kernelBlocks);
  const failed = (what: string, received: string): RegExp =>
    new RegExp(
      `^DecompositionFailed: LAPACK found no ${what} of a 3 x 3 matrix\\.
  expected info 0 and finite numbers; received ${received}
  hint: look at the size of its entries; \`--backend js\` does without LAPACK\\.$`,
    );
  const a = gaussian(3, 3, 41);
  const nowhere = 'info -?[1-9]\\d* for matrix 0 of its batch';
  expect(errorText(() => la.symmetricEigen(a))).toMatch(failed('eigenvectors', nowhere));
  expect(errorText(() => la.eigenvalues(a))).toMatch(failed('eigenvalues', nowhere));
  // Each entry is a number still, and the largest singular value, three times as large, is none.
  const large = scale(fromRows([1, 1, 1].map(() => [1, 1, 1])), 1e308);
  expect(errorText(() => native.batchSingularValues([identity(3), large]))).toMatch(
    failed('singular values', 'Infinity for matrix 1 of its batch'),
  );
  expect(kernels.count()).toBe(before);
});

test('a batch of several shapes is refused', () => {
  const la = native;
  expect(errorText(() => la.batchSingularValues([zeros(2, 3), zeros(3, 2)]))).toBe(
    [
      'ShapeMismatch: matrices of different shapes cannot be decomposed in one call.',
      '  expected 2 x 3, as the first; received 3 x 2',
      '  hint: call once for each shape.',
    ].join('\n'),
  );
});

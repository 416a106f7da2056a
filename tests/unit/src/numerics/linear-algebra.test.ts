import { expect, test } from 'vitest';
import type { LinearAlgebra } from '../../../../src/numerics/linear-algebra.ts';
import { loadLinearAlgebra } from '../../../../src/numerics/load-linear-algebra.ts';
import {
  add,
  frobeniusNorm,
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
import { tensorflowLinearAlgebra } from '../../../../src/numerics/tensorflow-linear-algebra.ts';
import { topEigenpairs } from '../../../../src/numerics/top-eigenpairs.ts';
import { nativeKernels } from '../../../../src/tensor/native-kernels.ts';
import { errorText } from '../../../error-text.ts';

const gaussian = (rows: number, cols: number, seed: number): Matrix =>
  matrix(rows, cols, seededRandom(seed, 'matrix').normals(rows * cols));

const both = async (): Promise<readonly LinearAlgebra[]> => [
  tensorflowLinearAlgebra(),
  mlMatrixLinearAlgebra,
];

/** Every way of keeping blocks: TensorFlow's kernels, ours, and plain matrices. */
const withBlocks = async (): Promise<readonly LinearAlgebra[]> => [
  ...(await both()),
  await loadLinearAlgebra(),
];

/** Kinds of matrices that break careless code, 12 x 12. */
const kinds: Readonly<Record<string, Matrix>> = (() => {
  const a = gaussian(12, 12, 1);
  const { u, v } = mlMatrixLinearAlgebra.svd(a);
  return {
    gaussian: a,
    orthogonal: mlMatrixLinearAlgebra.multiply(u, v, { transposeB: true }),
    'rank one': mlMatrixLinearAlgebra.multiply(gaussian(12, 1, 2), gaussian(1, 12, 3)),
    symmetric: add(a, transpose(a)),
    antisymmetric: subtract(a, transpose(a)),
  };
})();

for (const [kind, a] of Object.entries(kinds)) {
  test(`both implementations decompose a matrix that is ${kind}`, async () => {
    const spectra: Float64Array[] = [];
    for (const la of await both()) {
      const { u, s, v } = la.svd(a);
      const scaled = matrix(
        12,
        12,
        u.data.map((x, at) => x * s[at % 12]!),
      );
      // Backward error of LAPACK on 12 x 12 entries near 1.
      expect(frobeniusNorm(subtract(la.multiply(scaled, v, { transposeB: true }), a))).toBeLessThan(1e-11);
      spectra.push(la.singularValues(a));
    }
    spectra[0]!.forEach((sigma, i) => {
      expect(sigma).toBeCloseTo(spectra[1]![i]!, 10);
    });
  });

  test(`both implementations give the eigenvalues of a matrix that is ${kind}`, async () => {
    const sums: number[][] = [];
    for (const la of await both()) {
      const { re, im } = la.eigenvalues(a);
      const trace = Array.from({ length: 12 }, (_, i) => a.data[i * 13]!).reduce((sum, x) => sum + x, 0);
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

test('a symmetric matrix is its eigenvectors and eigenvalues', async () => {
  const a = kinds['symmetric']!;
  for (const la of await both()) {
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

test('products transpose where asked, and rectangles keep their thin shape', async () => {
  const [a, b] = [gaussian(3, 5, 4), gaussian(3, 4, 5)];
  for (const la of await both()) {
    const product = la.multiply(a, b, { transposeA: true });
    let expected = 0;
    for (let i = 0; i < 3; i += 1) expected += a.data[i * 5 + 1]! * b.data[i * 4 + 2]!;
    expect([product.rows, product.cols]).toEqual([5, 4]);
    expect(product.data[1 * 4 + 2]).toBeCloseTo(expected, 12);
    const { u, s, v } = la.svd(a);
    expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([3, 3, 3, 5, 3]);
  }
});

test('a matrix with NaN, of the wrong shape, or not square is refused by both alike', async () => {
  const broken = identity(3);
  broken.data[5] = Number.NaN;
  for (const la of await both()) {
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

test('block Lanczos finds the leading eigenpairs of both signs, alike in both, and leaves no tensors', async () => {
  const kernels = nativeKernels();
  const before = kernels.count();
  const n = 120;
  const { u } = mlMatrixLinearAlgebra.svd(gaussian(n, n, 11));
  // Eigenvalues of both signs that decay slowly: 1, -0.96, 0.92, ...
  const spectrum = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * 0.96 ** i);
  const scaled = matrix(
    n,
    n,
    u.data.map((x, at) => x * spectrum[at % n]!),
  );
  const a = sparseOf(mlMatrixLinearAlgebra.multiply(scaled, u, { transposeB: true }));
  for (const la of await withBlocks()) {
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

test('block Lanczos that fills the whole space is a dense decomposition', async () => {
  const a = gaussian(30, 30, 13);
  const symmetric = add(a, transpose(a));
  const expected = mlMatrixLinearAlgebra
    .symmetricEigen(symmetric)
    .values.toSorted((x, y) => Math.abs(y) - Math.abs(x));
  for (const la of await withBlocks()) {
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

test('block Lanczos goes on where what is left of an operator is rounding: its range, or one value many times', async () => {
  const n = 90;
  const { u } = mlMatrixLinearAlgebra.svd(gaussian(n, n, 14));
  const spectra = {
    'rank 7': (i: number) => (i < 7 ? 2 - i / 10 : 0),
    'one value twelve times': (i: number) => (i < 12 ? 3 : 1 / (1 + i)),
  };
  for (const spectrum of Object.values(spectra)) {
    const scaled = { ...u, data: u.data.map((x, at) => x * spectrum(at % n)) };
    const a = sparseOf(mlMatrixLinearAlgebra.multiply(scaled, u, { transposeB: true }));
    for (const la of await withBlocks()) {
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
  const la = tensorflowLinearAlgebra();
  const a = gaussian(200, 200, 12);
  const flat = sparseOf(add(a, transpose(a)));
  const options = { seed: 1, blockSize: 2, blocks: 2, tolerance: 1e-9 };
  expect(errorText(() => topEigenpairs([flat], 3, la, options))).toMatch(
    /^LanczosNotConverged: the top 3 eigenpairs of a 200 x 200 operator did not converge\.\n {2}expected a residual of at most 1e-9; received \S+\n {2}hint: ask for fewer pairs, or give more blocks\.$/,
  );
});

test('batches give what single calls give, whatever threads share them', async () => {
  const wide = [gaussian(5, 9, 21), gaussian(5, 9, 22), zeros(5, 9)];
  const square = [gaussian(70, 70, 23), identity(70), gaussian(70, 70, 24)];
  for (const la of await both()) {
    expect(la.batchSingularValues(wide)).toEqual(wide.map((a) => la.singularValues(a)));
    expect(la.batchEigenvalues(square)).toEqual(square.map((a) => la.eigenvalues(a)));
    expect(la.batchSingularValues([])).toEqual([]);
    expect(la.batchEigenvalues([])).toEqual([]);
  }
});

/** U diag(s) V^T of random orthogonal U and V. */
const withSingularValues = (s: Float64Array, rows: number, cols: number, seed: number): Matrix => {
  const { u, v } = mlMatrixLinearAlgebra.svd(gaussian(rows, cols, seed));
  const scaled = { ...u, data: u.data.map((x, at) => x * s[at % u.cols]!) };
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
    const la = tensorflowLinearAlgebra();
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
  const la = tensorflowLinearAlgebra();
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

test('a batch of several shapes is refused', () => {
  const la = tensorflowLinearAlgebra();
  expect(errorText(() => la.batchSingularValues([zeros(2, 3), zeros(3, 2)]))).toBe(
    [
      'ShapeMismatch: matrices of different shapes cannot be decomposed in one call.',
      '  expected 2 x 3, as the first; received 3 x 2',
      '  hint: call once for each shape.',
    ].join('\n'),
  );
});

import { kernelBlocks } from './kernel-blocks.ts';
import { type Handle, type Kernels, runOne } from './kernels.ts';
import type { Eigenvalues, LinearAlgebra, Matrix } from './linear-algebra.ts';
import { nativeKernels } from './native-kernels.ts';
import { requireFinite, requireInner, requireShape, requireSquare } from './require-finite.ts';

const double = { T: { type: 'float64' } } as const;
const svdFull = { ...double, compute_uv: true, full_matrices: false } as const;
const svdValues = { ...double, compute_uv: false, full_matrices: false } as const;
const eigenFull = { ...double, compute_v: true } as const;
const eigenValues = { ...double, compute_v: false } as const;
const gram = {
  false: { ...double, adj_x: true, adj_y: false },
  true: { ...double, adj_x: false, adj_y: true },
};
const noAttributes = {};
/** Our own kernel, with the digest of its source (native/real-eigenvalues.cc and what it includes). */
const realEigenvalues = 'RealEigenvalues0d8fc851111b';
const products = [false, true].flatMap((transpose_a) =>
  [false, true].map((transpose_b) => ({ ...double, transpose_a, transpose_b })),
);

/**
 * Singular values are the roots of A^T A's eigenvalues, in a quarter of the time of Svd. Squaring costs the small
 * ones digits: sigma is then exact to eps sigma_1^2 / sigma. Where the smallest is below this share of the largest,
 * Svd takes over, so that no error exceeds 1e-11 sigma_1 (measured on products of Gaussian matrices).
 */
const smallestByGram = 1e-6;

/** Descending roots of ascending squares; nothing where rounding has reached the smallest. */
const rootsOf = (squares: Float64Array): Float64Array | undefined =>
  squares[0]! > smallestByGram ** 2 * squares.at(-1)! ? squares.toReversed().map(Math.sqrt) : undefined;

const createLinearAlgebra = (kernels: Kernels): LinearAlgebra => {
  const enter = ({ rows, cols, data }: Matrix): Handle => kernels.tensor(data, [rows, cols]);
  const leave = (handle: Handle): Matrix => ({
    rows: handle.shape[0] ?? 1,
    cols: handle.shape[1] ?? 1,
    data: kernels.read(handle) as Float64Array,
  });
  /** Checks first: LAPACK answers NaN with NaN, or not at all. */
  const decompose = <T>(a: Matrix, work: (input: Handle) => T): T => {
    requireFinite(a, 'a matrix to decompose');
    return kernels.scope(() => work(enter(a)));
  };
  const bySvd = (a: Matrix): Float64Array =>
    kernels.scope(() => kernels.read(kernels.run('Svd', [enter(a)], svdValues, 3)[0]!) as Float64Array);
  /** Matrices of one shape in one tensor [batch, rows, cols]; [batch, size] of what `work` gives. */
  const inBatch = <T extends readonly Handle[]>(
    matrices: readonly Matrix[],
    size: number,
    work: (input: Handle) => T,
  ): readonly (readonly Float64Array[])[] => {
    const { rows, cols } = matrices[0]!;
    const joined = new Float64Array(matrices.length * rows * cols);
    matrices.forEach((a, index) => {
      requireFinite(a, 'a matrix to decompose');
      requireShape(a, rows, cols);
      joined.set(a.data, index * rows * cols);
    });
    return kernels.scope(() => {
      const results = work(kernels.tensor(joined, [matrices.length, rows, cols])).map(
        (handle) => kernels.read(handle) as Float64Array,
      );
      return matrices.map((_, index) =>
        results.map((result) => result.slice(index * size, (index + 1) * size)),
      );
    });
  };
  const batchSingularValues = (matrices: readonly Matrix[]): readonly Float64Array[] => {
    if (matrices.length === 0) return [];
    const { rows, cols } = matrices[0]!;
    const squares = inBatch(matrices, Math.min(rows, cols), (input) => {
      const product = runOne(kernels, 'BatchMatMulV2', [input, input], gram[`${rows < cols}`]);
      return kernels.run('SelfAdjointEigV2', [product], eigenValues, 2).slice(0, 1);
    });
    return squares.map(([square], index) => rootsOf(square!) ?? bySvd(matrices[index]!));
  };
  const batchEigenvalues = (matrices: readonly Matrix[]): readonly Eigenvalues[] => {
    if (matrices.length === 0) return [];
    matrices.forEach(requireSquare);
    return inBatch(matrices, matrices[0]!.rows, (input) =>
      kernels.run(realEigenvalues, [input], noAttributes, 2),
    ).map(([re, im]) => ({ re: re!, im: im! }));
  };
  return {
    name: 'tensorflow',
    multiply: (a, b, { transposeA = false, transposeB = false } = {}) => {
      requireInner(transposeA ? a.rows : a.cols, transposeB ? b.cols : b.rows);
      const attributes = products[(transposeA ? 2 : 0) + (transposeB ? 1 : 0)]!;
      return kernels.scope(() => leave(runOne(kernels, 'MatMul', [enter(a), enter(b)], attributes)));
    },
    svd: (a) =>
      decompose(a, (input) => {
        const [s, u, v] = kernels.run('Svd', [input], svdFull, 3);
        return { u: leave(u!), s: kernels.read(s!) as Float64Array, v: leave(v!) };
      }),
    singularValues: (a) => batchSingularValues([a])[0]!,
    batchSingularValues,
    symmetricEigen: (a) => {
      requireSquare(a);
      return decompose(a, (input) => {
        const [values, vectors] = kernels.run('SelfAdjointEigV2', [input], eigenFull, 2);
        return { values: kernels.read(values!) as Float64Array, vectors: leave(vectors!) };
      });
    },
    eigenvalues: (a) => batchEigenvalues([a])[0]!,
    batchEigenvalues,
    blocks: (work) => kernels.scope(() => work(kernelBlocks(kernels))),
  };
};

let loaded: LinearAlgebra | undefined;

/** LAPACK through TensorFlow's kernels, in float64. */
export const tensorflowLinearAlgebra = (): LinearAlgebra => {
  loaded ??= createLinearAlgebra(nativeKernels());
  return loaded;
};

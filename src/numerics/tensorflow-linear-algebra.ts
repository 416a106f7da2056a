import { type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import { nativeKernels } from '../tensor/native-kernels.ts';
import { kernelBlocks } from './kernel-blocks.ts';
import type { Eigenvalues, LinearAlgebra } from './linear-algebra.ts';
import type { Matrix } from './matrix.ts';
import { requireFinite, requireInner, requireShape, requireSquare } from './require-finite.ts';

const double = { T: { type: 'float64' } } as const;
const svdFull = { ...double, compute_uv: true, full_matrices: false } as const;
const eigenFull = { ...double, compute_v: true } as const;
const noAttributes = {};
/** Our own kernels: native/real-eigenvalues.cc, native/singular-values.cc. */
const realEigenvalues = 'PaperRealEigenvalues';
const singularValues = 'PaperSingularValues';
const products = [false, true].flatMap((transpose_a) =>
  [false, true].map((transpose_b) => ({ ...double, transpose_a, transpose_b })),
);

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
    return inBatch(matrices, Math.min(rows, cols), (input) =>
      kernels.run(singularValues, [input], noAttributes),
    ).map(([values]) => values!);
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

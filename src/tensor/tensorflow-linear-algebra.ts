import { dataType, type Handle, type Kernels, runOne } from './kernels.ts';
import type { LinearAlgebra, Matrix } from './linear-algebra.ts';
import { nativeKernels } from './native-kernels.ts';
import { requireFinite, requireInner, requireSquare } from './require-finite.ts';

const double = { T: { type: 'float64' } } as const;
const svdFull = { ...double, compute_uv: true, full_matrices: false } as const;
const svdValues = { ...double, compute_uv: false, full_matrices: false } as const;
const eigenFull = { ...double, compute_v: true } as const;
const eigenValues = { ...double, compute_v: false, Tout: { type: 'complex128' } } as const;
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
    singularValues: (a) =>
      decompose(a, (input) => kernels.read(kernels.run('Svd', [input], svdValues, 3)[0]!) as Float64Array),
    symmetricEigen: (a) => {
      requireSquare(a);
      return decompose(a, (input) => {
        const [values, vectors] = kernels.run('SelfAdjointEigV2', [input], eigenFull, 2);
        return { values: kernels.read(values!) as Float64Array, vectors: leave(vectors!) };
      });
    },
    eigenvalues: (a) => {
      requireSquare(a);
      return decompose(a, (input) => {
        const complex = kernels.run('Eig', [input], eigenValues, 2)[0]!;
        if (complex.dtype !== dataType.complex128) throw new Error('internal: Eig gave no complex numbers');
        const part = (operation: string) =>
          kernels.read(
            runOne(kernels, operation, [complex], { T: { type: 'complex128' }, Tout: { type: 'float64' } }),
          ) as Float64Array;
        return { re: part('Real'), im: part('Imag') };
      });
    },
  };
};

let loading: Promise<LinearAlgebra> | undefined;

/** LAPACK through TensorFlow's kernels, in float64. */
export const tensorflowLinearAlgebra = (): Promise<LinearAlgebra> => {
  loading ??= nativeKernels().then(createLinearAlgebra);
  return loading;
};

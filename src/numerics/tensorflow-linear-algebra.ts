import { PaperError } from '../engine/stage/paper-error.ts';
import { type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import type { Matrix } from './matrix.ts';
import { requireFinite, requireInner, requireShape, requireSquare } from './require-finite.ts';

const noAttributes = {};
const products = [false, true].flatMap((transpose_a) =>
  [false, true].map((transpose_b) => ({ T: { type: 'float64' }, transpose_a, transpose_b }) as const),
);

/** Our kernels, native/decompositions.cc: what they ask LAPACK for, how errors call it, and how much they give of it. */
const decompositions = {
  PaperSingularValues: { what: 'singular values', results: 1 },
  PaperEigenvalues: { what: 'eigenvalues', results: 2 },
  PaperSymmetricEigen: { what: 'eigenvectors', results: 2 },
} as const;

/**
 * @param received LAPACK's answer that is none
 * @param index of the matrix in its batch
 */
const failed = (what: string, { rows, cols }: Matrix, received: string, index: number): PaperError =>
  new PaperError('DecompositionFailed', `LAPACK found no ${what} of a ${rows} x ${cols} matrix.`, {
    details: [`expected info 0 and finite numbers; received ${received} for matrix ${index} of its batch`],
    hint: 'look at the size of its entries; `--backend js` does without LAPACK.',
  });

/**
 * Products by TensorFlow's kernels and decompositions by LAPACK, in float64.
 *
 * @param kernels that the addon registered
 * @param blocksOf these kernels, where tall matrices are kept
 */
export const tensorflowLinearAlgebra = (
  kernels: Kernels,
  blocksOf: (kernels: Kernels) => BlockArithmetic<Handle>,
): LinearAlgebra => {
  const enter = ({ rows, cols, data }: Matrix): Handle => kernels.tensor(data, [rows, cols]);
  const read = (handle: Handle): Float64Array => kernels.read(handle) as Float64Array;
  /** Matrices of one shape in one tensor [batch, rows, cols]; of each matrix, what LAPACK gives. */
  const decompose = (
    kernel: keyof typeof decompositions,
    matrices: readonly Matrix[],
  ): readonly (readonly Float64Array[])[] => {
    const [first] = matrices;
    if (!first) return [];
    const { rows, cols } = first;
    const { what, results } = decompositions[kernel];
    const joined = new Float64Array(matrices.length * rows * cols);
    matrices.forEach((a, index) => {
      // LAPACK answers NaN with NaN, or not at all.
      requireFinite(a, 'a matrix to decompose');
      requireShape(a, rows, cols);
      joined.set(a.data, index * rows * cols);
    });
    return kernels.scope(() => {
      const batch = kernels.tensor(joined, [matrices.length, rows, cols]);
      const found = kernels.run(kernel, [batch], noAttributes, results + 1).map(read);
      return matrices.map((_, index) => {
        const info = found[results]![index];
        if (info !== 0) throw failed(what, first, `info ${info}`, index);
        return found.slice(0, results).map((all) => {
          const size = all.length / matrices.length;
          const own = all.slice(index * size, (index + 1) * size);
          // Of finite entries too large for their sums LAPACK gives infinite values, and calls that a success.
          const wrong = own.find((x) => !Number.isFinite(x));
          if (wrong !== undefined) throw failed(what, first, String(wrong), index);
          return own;
        });
      });
    });
  };
  const batchSingularValues: LinearAlgebra['batchSingularValues'] = (matrices) =>
    decompose('PaperSingularValues', matrices).map(([values]) => values!);
  const batchEigenvalues: LinearAlgebra['batchEigenvalues'] = (matrices) => {
    matrices.forEach(requireSquare);
    return decompose('PaperEigenvalues', matrices).map(([re, im]) => ({ re: re!, im: im! }));
  };
  return {
    name: 'tensorflow',
    multiply: (a, b, { transposeA = false, transposeB = false } = {}) => {
      requireInner(transposeA ? a.rows : a.cols, transposeB ? b.cols : b.rows);
      const attributes = products[(transposeA ? 2 : 0) + (transposeB ? 1 : 0)]!;
      return kernels.scope(() => {
        const product = runOne(kernels, 'MatMul', [enter(a), enter(b)], attributes);
        return { rows: product.shape[0]!, cols: product.shape[1]!, data: read(product) };
      });
    },
    singularValues: (a) => batchSingularValues([a])[0]!,
    batchSingularValues,
    symmetricEigen: (a) => {
      requireSquare(a);
      const [values, vectors] = decompose('PaperSymmetricEigen', [a])[0]!;
      return { values: values!, vectors: { ...a, data: vectors! } };
    },
    eigenvalues: (a) => batchEigenvalues([a])[0]!,
    batchEigenvalues,
    blocks: (work) => kernels.scope(() => work(blocksOf(kernels))),
  };
};

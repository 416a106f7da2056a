import { PaperError } from '../engine/stage/paper-error.ts';
import { type DataType, dataType, type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import type { MatrixStacks } from './matrix-stacks.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

/** Attributes are encoded once for each object. */
const attributesOf = (type: DataType) => ({
  plain: { T: { type } } as const,
  reshape: { T: { type }, Tshape: { type: 'int32' } } as const,
  transpose: { T: { type }, Tperm: { type: 'int32' } } as const,
  gather: { Tparams: { type }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const,
});
const double = attributesOf('float64');
const single = attributesOf('float32');
const narrow = { SrcT: { type: 'float64' }, DstT: { type: 'float32' }, Truncate: false } as const;
const widen = { SrcT: { type: 'float32' }, DstT: { type: 'float64' }, Truncate: false } as const;
const noAttributes = {};

/** Our kernels for a b, a b^T, a^T b and a^T b^T, native/matrix-stacks.cc. */
const products = ['', 'TurnedRight', 'TurnedLeft', 'TurnedBoth'];

/** @throws DecompositionFailed where LAPACK says of a matrix that it was not decomposed */
const requireDecomposed = (info: Float64Array, what: string): void => {
  const index = info.findIndex((of) => of !== 0);
  if (index < 0) return;
  throw new PaperError('DecompositionFailed', `LAPACK found no ${what} of a matrix.`, {
    details: [`expected info 0; received ${info[index]} for matrix ${index} of its stack`],
    hint: 'look at its entries and its rank; `--backend js` does without LAPACK.',
  });
};

/**
 * Stacks that stay inside TensorFlow, with products and decompositions by OpenBLAS.
 *
 * @param blocks of the same kernels, for sparse matrices
 * @param ownSparse whether the processor has what our sparse product in single precision is compiled for
 */
export const kernelStacks = (
  kernels: Kernels,
  blocks: BlockArithmetic<Handle>,
  ownSparse: boolean,
): MatrixStacks<Handle> => {
  const integers = (...values: readonly number[]): Handle =>
    kernels.tensor(Int32Array.from(values), [values.length]);
  const isSingle = ({ dtype }: Handle): boolean => dtype === dataType.float32;
  const of = (stack: Handle) => (isSingle(stack) ? single : double);
  const reshape = (stack: Handle, shape: readonly number[]): Handle =>
    kernels.scope(() => runOne(kernels, 'Reshape', [stack, integers(...shape)], of(stack).reshape));
  const transpose = (stack: Handle): Handle =>
    kernels.scope(() => runOne(kernels, 'Transpose', [stack, integers(0, 2, 1)], of(stack).transpose));
  const narrowed = (stack: Handle): Handle =>
    isSingle(stack) ? stack : runOne(kernels, 'Cast', [stack], narrow);
  const widened = (stack: Handle): Handle =>
    isSingle(stack) ? runOne(kernels, 'Cast', [stack], widen) : stack;
  const sparseSingle = ({ offsets, indices, values }: SparseMatrix): ((dense: Handle) => Handle) => {
    const entered = [
      kernels.tensor(offsets, [offsets.length]),
      kernels.tensor(indices, [indices.length]),
      kernels.tensor(Float32Array.from(values), [values.length]),
    ];
    return (dense) => runOne(kernels, 'PaperSparseSingleProduct', [...entered, dense], noAttributes);
  };
  return {
    enter: (data, shape) => kernels.tensor(data, shape),
    // Widened before it leaves: entry by entry that takes twice as long as the copy.
    leave: (stack) => kernels.scope(() => kernels.read(widened(stack)) as Float64Array),
    normals: (stream, shape) =>
      kernels.scope(() => {
        const count = shape.reduce((size, of) => size * of, 1);
        const from = kernels.tensor(Float64Array.of(...stream.state, count), [stream.state.length + 1]);
        const [drawn, after] = kernels.run('PaperNormals', [from], noAttributes, 2);
        stream.state.set(kernels.read(after!));
        return reshape(drawn!, shape);
      }),
    single: narrowed,
    double: widened,
    reshape,
    transpose,
    join: (stacks) =>
      kernels.scope(() => {
        if (stacks.length === 1) return stacks[0]!; // which TensorFlow does not join
        const axis = kernels.tensor(Int32Array.of(1), []);
        const attributes = { T: of(stacks[0]!).plain.T, N: stacks.length, Tidx: { type: 'int32' } } as const;
        return runOne(kernels, 'ConcatV2', [...stacks, axis], attributes);
      }),
    multiply: (a, b, { transposeA = false, transposeB = false } = {}) => {
      const name = `Paper${isSingle(a) ? 'Single' : 'Double'}Products`;
      return runOne(
        kernels,
        name + products[2 * Number(transposeA) + Number(transposeB)]!,
        [a, b],
        noAttributes,
      );
    },
    scaleColumns: (a, by) => runOne(kernels, 'Mul', [a, by], of(a).plain),
    sparse: (a) => {
      const timesDouble = blocks.sparse(a);
      const timesSingle = ownSparse
        ? sparseSingle(a)
        : (dense: Handle): Handle => narrowed(timesDouble(widened(dense)));
      return (dense) =>
        kernels.scope(() => {
          const flat = reshape(dense, dense.shape.slice(1));
          const product = isSingle(dense) ? timesSingle(flat) : timesDouble(flat);
          return reshape(product, [1, ...product.shape]);
        });
    },
    pickRows: (stack, order) =>
      kernels.scope(() =>
        runOne(
          kernels,
          'GatherV2',
          [stack, kernels.tensor(order, [order.length]), kernels.tensor(Int32Array.of(1), [])],
          of(stack).gather,
        ),
      ),
    orthonormalRows: (stack) =>
      kernels.scope(() => {
        const [rows, info] = kernels.run('PaperOrthonormalRows', [stack], noAttributes, 2);
        requireDecomposed(kernels.read(info!) as Float64Array, 'orthonormal rows');
        return rows!;
      }),
    gramEigenvalues: (stack) =>
      kernels.scope(() => {
        const [values, info] = kernels.run('PaperGramEigenvalues', [stack], noAttributes, 2);
        requireDecomposed(kernels.read(info!) as Float64Array, 'eigenvalues');
        return kernels.read(values!) as Float64Array;
      }),
    innerProducts: (x, y) =>
      kernels.scope(
        () =>
          kernels.read(
            runOne(kernels, 'PaperInnerProducts', [narrowed(x), narrowed(y)], noAttributes),
          ) as Float64Array,
      ),
    traceNorms: (stack) =>
      kernels.scope(() => {
        const [norms, energies] = kernels.run('PaperTraceNorms', [stack], noAttributes, 2);
        return {
          norms: kernels.read(norms!) as Float64Array,
          energies: kernels.read(energies!) as Float64Array,
        };
      }),
    columnEnergies: (stack) =>
      kernels.scope(
        () =>
          kernels.read(
            runOne(kernels, 'PaperColumnEnergies', [narrowed(stack)], noAttributes),
          ) as Float64Array,
      ),
    step: (work) => kernels.scope(work),
  };
};

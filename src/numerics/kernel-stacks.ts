import { type DataType, dataType, type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import type { BlockArithmetic } from './block-arithmetic.ts';
import type { MatrixStacks } from './matrix-stacks.ts';

const flags = [false, true];
/** One matrix: its product is of all threads, and in half the time. */
const isAlone = ({ shape }: Handle): boolean => shape.slice(0, -2).every((size) => size === 1);

/** Attributes are encoded once for each object. */
const attributesOf = (type: DataType) => ({
  plain: { T: { type } } as const,
  reshape: { T: { type }, Tshape: { type: 'int32' } } as const,
  transpose: { T: { type }, Tperm: { type: 'int32' } } as const,
  gather: { Tparams: { type }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const,
  expand: { T: { type }, Tdim: { type: 'int32' } } as const,
  products: flags.map((transpose_a) =>
    flags.map((transpose_b) => ({ T: { type }, transpose_a, transpose_b }) as const),
  ),
  batchProducts: flags.map((adj_x) => flags.map((adj_y) => ({ T: { type }, adj_x, adj_y }) as const)),
});
const double = attributesOf('float64');
const single = attributesOf('float32');
const narrow = { SrcT: { type: 'float64' }, DstT: { type: 'float32' }, Truncate: false } as const;
const widen = { SrcT: { type: 'float32' }, DstT: { type: 'float64' }, Truncate: false } as const;
const factoring = { ...double.plain, full_matrices: false } as const;
const valuesAlone = { ...double.plain, compute_v: false } as const;

/**
 * Stacks that stay inside TensorFlow.
 *
 * @param blocks of the same kernels, for sparse matrices
 */
export const kernelStacks = (kernels: Kernels, blocks: BlockArithmetic<Handle>): MatrixStacks<Handle> => {
  const integers = (...values: readonly number[]): Handle =>
    kernels.tensor(Int32Array.from(values), [values.length]);
  const isSingle = ({ dtype }: Handle): boolean => dtype === dataType.float32;
  const of = (stack: Handle) => (isSingle(stack) ? single : double);
  const reshape = (stack: Handle, shape: readonly number[]): Handle =>
    kernels.scope(() => runOne(kernels, 'Reshape', [stack, integers(...shape)], of(stack).reshape));
  const transpose = (stack: Handle): Handle =>
    kernels.scope(() => runOne(kernels, 'Transpose', [stack, integers(0, 2, 1)], of(stack).transpose));
  return {
    enter: (data, shape) => kernels.tensor(data, shape),
    leave: (stack) => {
      const data = kernels.read(stack);
      return data instanceof Float64Array ? data : Float64Array.from(data);
    },
    single: (stack) => (isSingle(stack) ? stack : runOne(kernels, 'Cast', [stack], narrow)),
    double: (stack) => (isSingle(stack) ? runOne(kernels, 'Cast', [stack], widen) : stack),
    reshape,
    transpose,
    join: (stacks) =>
      kernels.scope(() => {
        const axis = kernels.tensor(Int32Array.of(1), []);
        const attributes = { T: of(stacks[0]!).plain.T, N: stacks.length, Tidx: { type: 'int32' } } as const;
        return runOne(kernels, 'ConcatV2', [...stacks, axis], attributes);
      }),
    multiply: (a, b, { transposeA = false, transposeB = false } = {}) => {
      const which = Number(transposeA);
      if (isAlone(a) && isAlone(b)) {
        return kernels.scope(() => {
          const flat = [a, b].map((stack) => reshape(stack, stack.shape.slice(-2)));
          const product = runOne(kernels, 'MatMul', flat, of(a).products[which]![Number(transposeB)]!);
          return reshape(product, [...a.shape.slice(0, -2), ...product.shape]);
        });
      }
      return runOne(kernels, 'BatchMatMulV2', [a, b], of(a).batchProducts[which]![Number(transposeB)]!);
    },
    scaleColumns: (a, by) => runOne(kernels, 'Mul', [a, by], of(a).plain),
    sparse: (a) => {
      const times = blocks.sparse(a);
      return (dense) =>
        kernels.scope(() => {
          const product = times(reshape(dense, dense.shape.slice(1)));
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
    // G = L O by G^T = O^T R, the signs of R's diagonal turned to plus.
    orthonormalRows: (stack) =>
      kernels.scope(() => {
        const [q, r] = kernels.run('Qr', [transpose(stack)], factoring, 2);
        const diagonal = runOne(kernels, 'MatrixDiagPart', [r!], double.plain);
        const signs = runOne(kernels, 'Sign', [diagonal], double.plain);
        const axis = kernels.tensor(Int32Array.of(1), []);
        const columns = runOne(kernels, 'ExpandDims', [signs, axis], double.expand);
        return transpose(runOne(kernels, 'Mul', [q!, columns], double.plain));
      }),
    symmetricEigenvalues: (stack) =>
      kernels.scope(() =>
        kernels.read(kernels.run('SelfAdjointEigV2', [stack], valuesAlone, 2)[0]!),
      ) as Float64Array,
    step: (work) => kernels.scope(work),
  };
};

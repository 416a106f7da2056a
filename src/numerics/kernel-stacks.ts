import { type DataType, dataType, type Handle, type Kernels, runOne } from '../tensor/kernels.ts';
import type { MatrixStacks } from './matrix-stacks.ts';

const flags = [false, true];
/** Attributes are encoded once for each object. */
const attributesOf = (type: DataType) => ({
  plain: { T: { type } } as const,
  reshape: { T: { type }, Tshape: { type: 'int32' } } as const,
  transpose: { T: { type }, Tperm: { type: 'int32' } } as const,
  expand: { T: { type }, Tdim: { type: 'int32' } } as const,
  products: flags.map((adj_x) => flags.map((adj_y) => ({ T: { type }, adj_x, adj_y }) as const)),
});
const double = attributesOf('float64');
const single = attributesOf('float32');
const narrow = { SrcT: { type: 'float64' }, DstT: { type: 'float32' }, Truncate: false } as const;
const widen = { SrcT: { type: 'float32' }, DstT: { type: 'float64' }, Truncate: false } as const;
const factoring = { ...double.plain, full_matrices: false } as const;
const valuesAlone = { ...double.plain, compute_v: false } as const;

/** Stacks that stay inside TensorFlow. */
export const kernelStacks = (kernels: Kernels): MatrixStacks<Handle> => {
  const integers = (...values: readonly number[]): Handle =>
    kernels.tensor(Int32Array.from(values), [values.length]);
  const isSingle = ({ dtype }: Handle): boolean => dtype === dataType.float32;
  const of = (stack: Handle) => (isSingle(stack) ? single : double);
  const transposed = (stack: Handle): Handle =>
    runOne(kernels, 'Transpose', [stack, integers(0, 2, 1)], double.transpose);
  return {
    enter: (data, shape) => kernels.tensor(data, shape),
    leave: (stack) => {
      const data = kernels.read(stack);
      return data instanceof Float64Array ? data : Float64Array.from(data);
    },
    single: (stack) => (isSingle(stack) ? stack : runOne(kernels, 'Cast', [stack], narrow)),
    double: (stack) => (isSingle(stack) ? runOne(kernels, 'Cast', [stack], widen) : stack),
    reshape: (stack, shape) =>
      kernels.scope(() => runOne(kernels, 'Reshape', [stack, integers(...shape)], of(stack).reshape)),
    multiply: (a, b, { transposeA = false, transposeB = false } = {}) =>
      runOne(kernels, 'BatchMatMulV2', [a, b], of(a).products[Number(transposeA)]![Number(transposeB)]!),
    scaleColumns: (a, by) => runOne(kernels, 'Mul', [a, by], of(a).plain),
    // G = L O by G^T = O^T R, the signs of R's diagonal turned to plus.
    orthonormalRows: (stack) =>
      kernels.scope(() => {
        const [q, r] = kernels.run('Qr', [transposed(stack)], factoring, 2);
        const diagonal = runOne(kernels, 'MatrixDiagPart', [r!], double.plain);
        const signs = runOne(kernels, 'Sign', [diagonal], double.plain);
        const axis = kernels.tensor(Int32Array.of(1), []);
        const columns = runOne(kernels, 'ExpandDims', [signs, axis], double.expand);
        return transposed(runOne(kernels, 'Mul', [q!, columns], double.plain));
      }),
    symmetricEigenvalues: (stack) =>
      kernels.scope(() =>
        kernels.read(kernels.run('SelfAdjointEigV2', [stack], valuesAlone, 2)[0]!),
      ) as Float64Array,
    step: (work) => kernels.scope(work),
  };
};

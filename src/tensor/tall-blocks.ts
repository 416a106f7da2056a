import type { BlockArithmetic } from './block-arithmetic.ts';
import { kernelBlocks } from './kernel-blocks.ts';
import { type Handle, type Kernels, runOne } from './kernels.ts';

const noAttributes = {};
/** Our own kernels end in the digest of their source (native/tall-blocks.cc). */
const source = 'cb294437a536';

/** Blocks inside TensorFlow, with our own kernels for products of a few columns: half the time, or less. */
export const tallBlocks = (kernels: Kernels): BlockArithmetic<Handle> => ({
  ...kernelBlocks(kernels),
  sparse: ({ offsets, indices, values }) => {
    const entered = [
      kernels.tensor(offsets, [offsets.length]),
      kernels.tensor(indices, [indices.length]),
      kernels.tensor(values, [values.length]),
    ];
    return (block) => runOne(kernels, `SparseProduct${source}`, [...entered, block], noAttributes);
  },
  multiply: (a, b, { transposeA = false } = {}) =>
    runOne(kernels, `${transposeA ? 'Tall' : 'Wide'}Product${source}`, [a, b], noAttributes),
  lessProduct: (from, a, b) => runOne(kernels, `LessProduct${source}`, [from, a, b], noAttributes),
});

import { type Handle, type Kernels, runOne } from '../kernels.ts';

export const geluKernel = 'PaperGelu';
export const geluGradientKernel = 'PaperGeluGradient';

/** A function of single entries, x [n, d] -> [n, d]. */
export interface Activation {
  readonly value: (kernels: Kernels, x: Handle) => Handle;
  /** From x and dy, dx. */
  readonly gradient: (kernels: Kernels, x: Handle, dy: Handle) => Handle;
}

const noAttributes = {};

/**
 * GELU by one kernel of our own, and its gradient by another: the same numbers as those composed of TensorFlow's kernels
 * but for rounding. In a graph dx takes the memory of dy over where nobody else uses that.
 */
export const fusedGelu: Activation = {
  value: (kernels, x) => runOne(kernels, geluKernel, [x], noAttributes),
  gradient: (kernels, x, dy) => runOne(kernels, geluGradientKernel, [x, dy], noAttributes),
};

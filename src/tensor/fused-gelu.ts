import { type Handle, type Kernels, runOne } from './kernels.ts';

/** Our own kernels end in the digest of their source (native/gelu.cc and what it includes). */
const source = '22a5e46cb944';
export const geluKernel = `Gelu${source}`;
export const geluGradientKernel = `GeluGradient${source}`;

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

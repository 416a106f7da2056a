import { type Handle, type Kernels, runOne } from './kernels.ts';

/** Our own kernel ends in the digest of its source (native/turned-product.cc and what it includes). */
const source = 'b26e919b1008';
export const turnedProductKernel = `TurnedProduct${source}`;

const noAttributes = {};

/** a^T b by our own kernel, in float32: a [k, m], b [k, n] -> [m, n]. */
export const turnedProduct = (kernels: Kernels, a: Handle, b: Handle): Handle =>
  runOne(kernels, turnedProductKernel, [a, b], noAttributes);

import type { Handle, Kernels } from './kernels.ts';

/** Our own kernel ends in the digest of its source (native/turned-product.cc and what it includes). */
const source = '7a7a91879348';
export const turnedProductKernel = `TurnedProduct${source}`;

const noAttributes = {};

export interface TurnedProduct {
  /** a^T b, [m, n] */
  readonly product: Handle;
  /** Of a's columns, [m] */
  readonly sums: Handle;
}

/** By our own kernel, in float32: a [k, m], b [k, n]. */
export const turnedProduct = (kernels: Kernels, a: Handle, b: Handle): TurnedProduct => {
  const [product, sums] = kernels.run(turnedProductKernel, [a, b], noAttributes, 2);
  return { product: product!, sums: sums! };
};

import type { Handle, Kernels } from '../kernels.ts';

export const turnedProductKernel = 'PaperTurnedProduct';

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

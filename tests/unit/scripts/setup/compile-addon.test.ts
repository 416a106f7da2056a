import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelDigest, ownKernels } from '../../../../scripts/setup/compile-addon.mjs';

/** Who calls each kernel, and how it writes the digest down. */
const callers: Readonly<Record<keyof typeof ownKernels, readonly [file: string, digest: RegExp]>> = {
  CAUSAL_ATTENTION: ['fused-attention.ts', /const source = '(\w+)'/],
  CROSS_ENTROPY: ['fused-cross-entropy.ts', /const source = '(\w+)'/],
  GELU: ['fused-gelu.ts', /const source = '(\w+)'/],
  LAYER_NORM: ['fused-layer-norm.ts', /const source = '(\w+)'/],
  REAL_EIGENVALUES: ['tensorflow-linear-algebra.ts', /'RealEigenvalues(\w+)'/],
  SINGULAR_VALUES: ['tensorflow-linear-algebra.ts', /'SingularValues(\w+)'/],
  TALL_BLOCKS: ['tall-blocks.ts', /const source = '(\w+)'/],
  TURNED_PRODUCT: ['turned-product.ts', /const source = '(\w+)'/],
};

const kernels = Object.keys(ownKernels) as (keyof typeof ownKernels)[];
test.each(kernels)('the names of the kernels of %s hold the digest of their source', (kernel) => {
  const [file, digest] = callers[kernel];
  const text = readFileSync(`src/tensor/${file}`, 'utf8');
  expect(digest.exec(text)?.[1]).toBe(kernelDigest(kernel));
});

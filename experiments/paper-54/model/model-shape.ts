import { z } from 'zod';

/** PhotonicGPT's size. */
export const modelShape = z
  .strictObject({
    nLayers: z.int().positive(),
    /** Width of the residual stream, n. */
    dModel: z.int().positive(),
    nHeads: z.int().positive(),
    /** Longest sequence, in tokens. */
    contextLength: z.int().positive(),
    /** Base of the rotary wavelengths. */
    ropeBase: z.number().positive().default(10_000),
  })
  .refine(({ dModel, nHeads }) => dModel % (2 * nHeads) === 0, {
    message: 'dModel must be an even multiple of nHeads: each head rotates pairs',
    path: ['nHeads'],
  });

export type ModelShape = z.output<typeof modelShape>;

import { z } from 'zod';

export const kernelsSchema = z.record(z.string(), z.array(z.number()));

/** First rows of kernels by name. */
export const parseKernels = (text: string): Readonly<Record<string, readonly number[]>> =>
  kernelsSchema.parse(JSON.parse(text));

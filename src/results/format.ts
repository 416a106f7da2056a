import { z } from 'zod';

const digits = z.int().min(0).max(12);

/** How a number is displayed. `share` multiplies by 100 and adds a per cent sign; raw data stay fractions. */
export const formatSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('fixed'), digits }),
  z.strictObject({ style: z.literal('signed'), digits }),
  z.strictObject({ style: z.literal('share'), digits }),
  z.strictObject({ style: z.literal('scientific'), digits }),
  /** Digits from the first that is not zero: for a column whose rows are of different sizes. */
  z.strictObject({ style: z.literal('significant'), digits: digits.min(1) }),
  z.strictObject({ style: z.literal('count') }),
]);

export type Format = z.output<typeof formatSchema>;

export const fixed = (digits: number): Format => ({ style: 'fixed', digits });
export const signed = (digits: number): Format => ({ style: 'signed', digits });
export const share = (digits: number): Format => ({ style: 'share', digits });
export const scientific = (digits: number): Format => ({ style: 'scientific', digits });
export const significant = (digits: number): Format => ({ style: 'significant', digits });
export const count: Format = { style: 'count' };

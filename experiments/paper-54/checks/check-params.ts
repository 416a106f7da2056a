import { z } from 'zod';

/** What every independent check is told. */
export const checkParams = {
  /**
   * Largest difference of a cell, relative to its column's largest magnitude. Both sides compute in float64 from the same
   * weights, and were seen to differ by 4e-11 at most; another library's decompositions may lose a few digits more, and
   * one bit of one weight shows at 1e-5.
   */
  tolerance: z.number().positive(),
  seeds: z.array(z.int().nonnegative()).min(1),
};

/** Of numpy's own draws, where a null's mean is known no other way. */
export const drawParams = {
  /** How many. */
  own: z.int().min(1),
  /** Of their generator, which is another one than the page's. */
  seed: z.int().nonnegative(),
};

/**
 * Standard normal numbers, the same ones each time: Box and Muller's (1958) of a 32-bit generator (mulberry32). For
 * what a reader is shown beside a spectrum; draws that are counted come from numerics, whose streams are keyed by a hash
 * that no browser computes at once.
 */
export const gaussianNumbers = (length: number): Float64Array => {
  let state = 54;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    // Above zero, for the logarithm.
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return Float64Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
};

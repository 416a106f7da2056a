/** IEEE 754 binary16 -> number */
export const decodeHalf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

let every: Float32Array | undefined;

/** Many at once: each of the 65,536 numbers is decoded once. */
export const decodeHalves = (bits: Uint16Array): Float32Array => {
  every ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => decodeHalf(half));
  const numbers = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at += 1) numbers[at] = every[bits[at]!]!;
  return numbers;
};

const bitsOf = new Float64Array(1);
const words = new Uint32Array(bitsOf.buffer);
const highWord = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The power of two of a float64's leading bit. */
const exponentOf = (size: number): number => {
  bitsOf[0] = size;
  return (words[highWord]! >>> 20) - 1023;
};

/** The distance between halves of one exponent, from the smallest normal exponent on. */
const units = Float64Array.from({ length: 30 }, (_, at) => 2 ** (at - 24));

/** number -> IEEE 754 binary16, ties to even */
export const encodeHalf = (value: number): number => {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = size < 2 ** -14 ? -14 : exponentOf(size);
  const steps = size / units[exponent + 14]!;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0);
  return sign | (exponent === -14 ? rounded : rounded + ((exponent + 14) << 10));
};

/** Many at once. */
export const encodeHalves = (numbers: ArrayLike<number>): Uint16Array => {
  const bits = new Uint16Array(numbers.length);
  for (let at = 0; at < bits.length; at += 1) bits[at] = encodeHalf(numbers[at]!);
  return bits;
};

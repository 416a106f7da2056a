import { PaperError } from '../engine/stage/paper-error.ts';

/** IEEE 754 binary16 -> number */
const decodeHalf = (bits: number): number => {
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
const encodeHalf = (value: number): number => {
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

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** number -> bfloat16, the upper half of a float32, ties to even */
const encodeBfloat = (value: number): number => {
  if (Number.isNaN(value)) return 0x7fc0;
  single[0] = value;
  const bits = singleBits[0]!;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
};

/** @param infinity the bits of the type's positive infinity */
const encodeAll = (
  numbers: ArrayLike<number>,
  encodeOne: (value: number) => number,
  infinity: number,
  tooLarge: (value: number, at: number) => PaperError,
): Uint16Array => {
  const bits = new Uint16Array(numbers.length);
  for (let at = 0; at < bits.length; at += 1) {
    const value = numbers[at]!;
    const encoded = encodeOne(value);
    if ((encoded & 0x7fff) === infinity && Number.isFinite(value)) throw tooLarge(value, at);
    bits[at] = encoded;
  }
  return bits;
};

const numberTooLarge =
  (dtype: string, most: number, what: string) =>
  (value: number, at: number): PaperError =>
    new PaperError('NumberTooLarge', `number ${at} of ${what} is too large for ${dtype}.`, {
      details: [`expected at most ${most} in size; received ${value}`],
      hint: 'store it as F32, or find why it grew: weights of such a size mean that a training diverged.',
    });

/**
 * Many at once. NaN and the infinities are numbers of every floating type and are kept.
 *
 * @param what whose numbers they are, for the error
 * @throws NumberTooLarge when a finite number would be stored as an infinity
 */
export const encodeHalves = (numbers: ArrayLike<number>, what = 'the array'): Uint16Array =>
  encodeAll(numbers, encodeHalf, 0x7c00, numberTooLarge('F16', 65504, what));

/** As `encodeHalves` does. */
export const encodeBfloats = (numbers: ArrayLike<number>, what: string): Uint16Array =>
  encodeAll(numbers, encodeBfloat, 0x7f80, numberTooLarge('BF16', 3.3895313892515355e38, what));

export const decodeBfloats = (bits: Uint16Array): Float32Array =>
  new Float32Array(Uint32Array.from(bits, (upper) => upper << 16).buffer);

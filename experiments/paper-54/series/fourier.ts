/** Transforms in two dimensions, of sizes that are powers of two (Cooley and Tukey 1965). */
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { PaperError } from 'reproducible-paper/stage';

/** A complex matrix [n, n], its parts row by row. */
export interface Complex {
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

interface Twiddles {
  readonly c: Float64Array;
  readonly s: Float64Array;
}

/** Cosines and sines of each stage of a transform of n, which all rows share. */
const twiddlesOf = (n: number, sign: -1 | 1): readonly Twiddles[] =>
  Array.from({ length: Math.round(Math.log2(n)) }, (_, stage) => {
    const half = 2 ** stage;
    const angle = (k: number): number => (Math.PI * k) / half;
    return {
      c: Float64Array.from({ length: half }, (__, k) => Math.cos(angle(k))),
      s: Float64Array.from({ length: half }, (__, k) => sign * Math.sin(angle(k))),
    };
  });

/** In place, of a row; the sign of the exponent is -1, or +1 for the inverse, which is left unscaled. */
const transformRow = (re: Float64Array, im: Float64Array, twiddles: readonly Twiddles[]): void => {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const [x, y] = [re[i]!, im[i]!];
      re[i] = re[j]!;
      im[i] = im[j]!;
      re[j] = x;
      im[j] = y;
    }
  }
  for (const { c: cosines, s: sines } of twiddles) {
    const half = cosines.length;
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k += 1) {
        const a = start + k;
        const b = a + half;
        const x = re[b]! * cosines[k]! - im[b]! * sines[k]!;
        const y = re[b]! * sines[k]! + im[b]! * cosines[k]!;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
};

/** Tiles stay in the cache, which columns of a large power of two do not. */
const tile = 16;

const transposed = (n: number, data: Float64Array): Float64Array => {
  const result = new Float64Array(data.length);
  for (let top = 0; top < n; top += tile) {
    for (let left = 0; left < n; left += tile) {
      for (let i = top; i < Math.min(n, top + tile); i += 1) {
        for (let j = left; j < Math.min(n, left + tile); j += 1) result[j * n + i] = data[i * n + j]!;
      }
    }
  }
  return result;
};

const transform = ({ n, re, im }: Complex, sign: -1 | 1): Complex => {
  if (n < 1 || 2 ** Math.round(Math.log2(n)) !== n) {
    throw new PaperError('NotAPowerOfTwo', 'a transform here needs a size that is a power of two.', {
      details: [`expected 1, 2, 4, 8, …; received ${n}`],
      hint: 'take as many of the most frequent tokens.',
    });
  }
  const twiddles = twiddlesOf(n, sign);
  let [a, b]: [Float64Array, Float64Array] = [re.slice(), im.slice()];
  for (let pass = 0; pass < 2; pass += 1) {
    for (let i = 0; i < n; i += 1) {
      transformRow(a.subarray(i * n, (i + 1) * n), b.subarray(i * n, (i + 1) * n), twiddles);
    }
    [a, b] = [transposed(n, a), transposed(n, b)];
  }
  return { n, re: a, im: b };
};

/** @throws NotAPowerOfTwo */
export const fft2 = ({ rows, data }: Matrix): Complex =>
  transform({ n: rows, re: data, im: new Float64Array(data.length) }, -1);

/** The real part, where the imaginary one is rounding. */
export const inverseFft2 = (a: Complex): Matrix => {
  const { n, re } = transform(a, 1);
  return { rows: n, cols: n, data: re.map((x) => x / (n * n)) };
};

export const complexProduct = (a: Complex, b: Complex): Complex => ({
  n: a.n,
  re: a.re.map((x, at) => x * b.re[at]! - a.im[at]! * b.im[at]!),
  im: a.re.map((x, at) => x * b.im[at]! + a.im[at]! * b.re[at]!),
});

/**
 * a / d, or a conj(d) / (|d|^2 + ridge) with a ridge, that no quotient is larger than the numbers allow.
 *
 * @param ridge as a share of the mean of |d|^2
 */
export const complexQuotient = (a: Complex, d: Complex, ridge: number): Complex => {
  const power = d.re.map((x, at) => x * x + d.im[at]! * d.im[at]!);
  const floor = (ridge * power.reduce((sum, x) => sum + x, 0)) / power.length;
  return {
    n: a.n,
    re: power.map((p, at) => (a.re[at]! * d.re[at]! + a.im[at]! * d.im[at]!) / (p + floor)),
    im: power.map((p, at) => (a.im[at]! * d.re[at]! - a.re[at]! * d.im[at]!) / (p + floor)),
  };
};

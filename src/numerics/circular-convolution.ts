/** FFT of length 2^m in place, Cooley-Tukey; the sign of the exponent is -1, or +1 for the inverse (unscaled). */
const transform = (re: Float64Array, im: Float64Array, sign: -1 | 1): void => {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let length = 2; length <= n; length *= 2) {
    const half = length / 2;
    for (let k = 0; k < half; k += 1) {
      const angle = (sign * Math.PI * k) / half;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      for (let a = k; a < n; a += length) {
        const b = a + half;
        const x = re[b]! * c - im[b]! * s;
        const y = re[b]! * s + im[b]! * c;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
};

/**
 * c[i] = sum_j a[j] b[(i - j) mod n], for any n: the linear convolution by an FFT of a power of two, then wrapped.
 *
 * @param a [n]
 * @param b [n]
 */
export const circularConvolution = (a: Float64Array, b: Float64Array): Float64Array => {
  const n = a.length;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * n)));
  // One complex transform carries both real sequences: a in the real part, b in the imaginary one.
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(a);
  im.set(b);
  transform(re, im, -1);
  const outRe = new Float64Array(size);
  const outIm = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    const mirror = (size - k) % size;
    const aRe = (re[k]! + re[mirror]!) / 2;
    const aIm = (im[k]! - im[mirror]!) / 2;
    const bRe = (im[k]! + im[mirror]!) / 2;
    const bIm = (re[mirror]! - re[k]!) / 2;
    outRe[k] = aRe * bRe - aIm * bIm;
    outIm[k] = aRe * bIm + aIm * bRe;
  }
  transform(outRe, outIm, 1);
  return Float64Array.from({ length: n }, (_, i) => (outRe[i]! + (outRe[i + n] ?? 0)) / size);
};

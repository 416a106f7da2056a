/**
 * The crystallization formula with the series' own kernels (Papers 51 and 123), one to which a circulant kernel gives a
 * circulant W = circ(w), whatever D is: (a) k measured from a trained model and averaged along wrapped diagonals, by
 * which D cancels and w is that of the model's own E E^T; (b) k from D^(eps - 1), w = d * k, d the sums of D along its
 * wrapped diagonals. An embedding is the top-n factor of W's symmetric part, whose eigenvectors are Fourier modes of the
 * token's index; negative eigenvalues enter by their magnitude.
 */
import { circularConvolution } from 'reproducible-paper/numerics/circular-convolution';
import type { Matrix } from 'reproducible-paper/numerics/matrix';

/** Means of E E^T along its wrapped diagonals: column by column the circular autocorrelation. [vocab] */
export const gramRow = ({ rows: n, cols, data }: Matrix): Float64Array => {
  const row = new Float64Array(n);
  for (let j = 0; j < cols; j += 1) {
    const column = Float64Array.from({ length: n }, (_, x) => data[x * cols + j]!);
    const reversed = Float64Array.from({ length: n }, (_, x) => column[(n - x) % n]!);
    circularConvolution(column, reversed).forEach((x, at) => {
      row[at]! += x / n;
    });
  }
  return row;
};

/**
 * The top-n factor of circ(w)'s symmetric part, Q |Lambda|^(1/2): cosines and sines of the strongest frequencies.
 *
 * @param w first row [tokens]
 * @returns [tokens, width]
 */
export const circulantEmbedding = (w: Float64Array, width: number): Matrix => {
  const n = w.length;
  const cosines = Float64Array.from({ length: n }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sines = Float64Array.from({ length: n }, (_, k) => Math.sin((2 * Math.PI * k) / n));
  const half = Math.floor(n / 2);
  const modes = Array.from({ length: half + 1 }, (_, frequency) => {
    let lambda = 0;
    for (let m = 0; m < n; m += 1) lambda += w[m]! * cosines[(frequency * m) % n]!;
    return { frequency, lambda };
  }).sort((a, b) => Math.abs(b.lambda) - Math.abs(a.lambda));
  const data = new Float64Array(n * width);
  let column = 0;
  for (const { frequency, lambda } of modes) {
    const isSingle = frequency === 0 || 2 * frequency === n;
    const size = Math.sqrt((Math.abs(lambda) * (isSingle ? 1 : 2)) / n);
    for (const wave of isSingle ? [cosines] : [cosines, sines]) {
      if (column === width) break;
      for (let x = 0; x < n; x += 1) data[x * width + column] = size * wave[(frequency * x) % n]!;
      column += 1;
    }
  }
  return { rows: n, cols: width, data };
};

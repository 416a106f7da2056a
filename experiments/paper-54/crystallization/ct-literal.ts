/**
 * The crystallization formula taken literally: W = ifft2(fft2(D) * fft2(circ(k))), D = log1p(K_2), V x V. The
 * transform of a circulant lives on one wrapped diagonal, so W is circulant whatever D is: W = circ(w),
 * w = d * k (circular convolution), d[m] the sum of D over its wrapped diagonal m. It holds V numbers and
 * forgets which token is which. Our reconstruction of Paper 51.
 */
import { circularConvolution } from 'reproducible-paper/numerics/circular-convolution';
import { type SparseMatrix, sparseTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { moebiusKernel } from './moebius.ts';

/** circ(w)[a, b] = w[(b - a) mod n]; in O(entries + V log V). */
export const ctLiteralRow = (logCounts: SparseMatrix): Float64Array => {
  const n = logCounts.rows;
  const diagonals = new Float64Array(n);
  const { rows, cols, values } = sparseTriplets(logCounts);
  values.forEach((value, at) => {
    diagonals[(cols[at]! - rows[at]! + n) % n]! += value;
  });
  return circularConvolution(diagonals, moebiusKernel(n));
};

/** The first `width` columns of circ(w), scaled to a root mean square: [vocab, width]. */
export const ctLiteralEmbedding = (logCounts: SparseMatrix, width: number, rms: number): Float64Array => {
  const n = logCounts.rows;
  const row = ctLiteralRow(logCounts);
  const embedding = Float64Array.from({ length: n * width }, (_, at) => {
    const a = Math.floor(at / width);
    return row[((at % width) - a + n) % n]!;
  });
  const size = Math.sqrt(embedding.reduce((sum, value) => sum + value * value, 0) / embedding.length);
  return embedding.map((value) => (value * rms) / size);
};

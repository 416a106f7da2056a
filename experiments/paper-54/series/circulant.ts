import { frobeniusNorm, type Matrix } from 'reproducible-paper/numerics/matrix';

/** Means along wrapped diagonals: the first row of the circulant matrix that is nearest to A. [n] */
export const circulantRow = ({ rows: n, data }: Matrix): Float64Array => {
  const row = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) row[(j - i + n) % n]! += data[i * n + j]! / n;
  }
  return row;
};

/** circ(w)[a, b] = w[(b - a) mod n] */
export const circulantMatrix = (row: Float64Array): Matrix => {
  const n = row.length;
  return {
    rows: n,
    cols: n,
    data: Float64Array.from({ length: n * n }, (_, at) => row[((at % n) - Math.floor(at / n) + n) % n]!),
  };
};

/** ||circulant part|| / ||A||: one for a circulant matrix, 1/sqrt(n) for one without any order. */
export const circulantScore = (a: Matrix): number => {
  const row = circulantRow(a);
  return Math.sqrt(a.rows * row.reduce((sum, x) => sum + x * x, 0)) / frobeniusNorm(a);
};

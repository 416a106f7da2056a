import type { Series } from 'reproducible-paper/figures';

/** Q, K and V have one colour, one dash and one shape each, in every figure. */
export const matrices = {
  q: { label: 'Q', style: 1 },
  k: { label: 'K', style: 2 },
  v: { label: 'V', style: 3 },
} as const;

/** A series a matrix. @param columnOf the column of each */
export const seriesOf = (columnOf: (matrix: keyof typeof matrices) => string): Series =>
  Object.fromEntries(
    Object.entries(matrices).map(([matrix, of]) => [columnOf(matrix as keyof typeof matrices), of]),
  );

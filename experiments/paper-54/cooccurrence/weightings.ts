import {
  type SparseMatrix,
  sparseMap,
  sparseRowSums,
  sparseTranspose,
} from 'reproducible-paper/numerics/sparse-matrix';

/** Positive pointwise mutual information (Levy and Goldberg 2014): max(0, ln(c N / (row column))). */
const ppmi = (counts: SparseMatrix): SparseMatrix => {
  const rows = sparseRowSums(counts);
  const cols = sparseRowSums(sparseTranspose(counts));
  const total = rows.reduce((sum, x) => sum + x, 0);
  return sparseMap(counts, (count, a, b) => Math.max(0, Math.log((count * total) / (rows[a]! * cols[b]!))));
};

/** How counts become a view; `log1p` is the main form. */
export const weightings = {
  log1p: (counts: SparseMatrix): SparseMatrix => sparseMap(counts, Math.log1p),
  counts: (counts: SparseMatrix): SparseMatrix => counts,
  ppmi,
} as const;

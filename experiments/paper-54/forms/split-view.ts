/** A view whose most frequent tokens' rows and columns are dense: in sparse arithmetic they take most of the time. */
import { type Matrix, zeros } from 'reproducible-paper/numerics/matrix';
import {
  type SparseMatrix,
  sparseFromTriplets,
  sparseTriplets,
} from 'reproducible-paper/numerics/sparse-matrix';

export interface SplitView {
  /** M's first rows [head, tokens] */
  readonly rows: Matrix;
  /** M's first columns below those rows, transposed [head, tokens]; zeros above */
  readonly columns: Matrix;
  /** M's other rows, without its first columns [tokens - head, tokens] */
  readonly rest: SparseMatrix;
}

/** @param m [tokens, tokens] @param head how many rows and columns */
export const splitView = (m: SparseMatrix, head: number): SplitView => {
  const all = sparseTriplets(m);
  const rows = zeros(head, m.cols);
  const columns = zeros(head, m.rows);
  const kept: number[] = [];
  all.values.forEach((value, at) => {
    const [i, j] = [all.rows[at]!, all.cols[at]!];
    if (i < head) rows.data[i * m.cols + j] = value;
    else if (j < head) columns.data[j * m.rows + i] = value;
    else kept.push(at);
  });
  const rest = sparseFromTriplets(m.rows - head, m.cols, {
    rows: Int32Array.from(kept, (at) => all.rows[at]! - head),
    cols: Int32Array.from(kept, (at) => all.cols[at]!),
    values: Float64Array.from(kept, (at) => all.values[at]!),
  });
  return { rows, columns, rest };
};

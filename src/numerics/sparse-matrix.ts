import type { Matrix } from './matrix.ts';

/** A sparse real matrix in compressed rows: row i holds entries offsets[i]..offsets[i+1]-1, columns ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  /** [rows + 1] */
  readonly offsets: Int32Array;
  /** [entries] */
  readonly indices: Int32Array;
  /** [entries] */
  readonly values: Float64Array;
}

/** Entries as three lists of one length; each (row, column) at most once. */
export interface Triplets {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly values: Float64Array;
}

/** Compressed rows, by a counting sort over columns and then rows. */
export const sparseFromTriplets = (rows: number, cols: number, entries: Triplets): SparseMatrix => {
  const byColumn = countingSort(entries.cols, cols, Int32Array.from(entries.rows.keys()));
  const order = countingSort(entries.rows, rows, byColumn);
  const offsets = new Int32Array(rows + 1);
  for (const row of entries.rows) offsets[row + 1]! += 1;
  for (let i = 0; i < rows; i += 1) offsets[i + 1]! += offsets[i]!;
  return {
    rows,
    cols,
    offsets,
    indices: Int32Array.from(order, (at) => entries.cols[at]!),
    values: Float64Array.from(order, (at) => entries.values[at]!),
  };
};

/** A stable order of `items` by their keys. */
const countingSort = (keys: Int32Array, size: number, items: Int32Array): Int32Array => {
  const starts = new Int32Array(size + 1);
  for (const item of items) starts[keys[item]! + 1]! += 1;
  for (let i = 0; i < size; i += 1) starts[i + 1]! += starts[i]!;
  const sorted = new Int32Array(items.length);
  for (const item of items) {
    const key = keys[item]!;
    sorted[starts[key]!] = item;
    starts[key]! += 1;
  }
  return sorted;
};

export const sparseTriplets = ({ rows, offsets, indices, values }: SparseMatrix): Triplets => {
  const rowOf = new Int32Array(indices.length);
  for (let i = 0; i < rows; i += 1) rowOf.fill(i, offsets[i], offsets[i + 1]);
  return { rows: rowOf, cols: indices, values };
};

export const sparseTranspose = (a: SparseMatrix): SparseMatrix => {
  const { rows, cols, values } = sparseTriplets(a);
  return sparseFromTriplets(a.cols, a.rows, { rows: cols, cols: rows, values });
};

/** The same places, other values. */
export const sparseMap = (
  a: SparseMatrix,
  change: (value: number, row: number, col: number) => number,
): SparseMatrix => {
  const { rows, cols, values } = sparseTriplets(a);
  return { ...a, values: values.map((value, at) => change(value, rows[at]!, cols[at]!)) };
};

/** a + b, of one shape */
export const sparseAdd = (a: SparseMatrix, b: SparseMatrix): SparseMatrix => {
  const offsets = new Int32Array(a.rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < a.rows; i += 1) {
    let p = a.offsets[i]!;
    let q = b.offsets[i]!;
    const pEnd = a.offsets[i + 1]!;
    const qEnd = b.offsets[i + 1]!;
    while (p < pEnd || q < qEnd) {
      const left = p < pEnd ? a.indices[p]! : Number.POSITIVE_INFINITY;
      const right = q < qEnd ? b.indices[q]! : Number.POSITIVE_INFINITY;
      indices.push(Math.min(left, right));
      values.push((left <= right ? a.values[p]! : 0) + (right <= left ? b.values[q]! : 0));
      if (left <= right) p += 1;
      if (right <= left) q += 1;
    }
    offsets[i + 1] = indices.length;
  }
  return {
    rows: a.rows,
    cols: a.cols,
    offsets,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
};

/** a b: [rows, cols] x [cols, k] -> [rows, k], O(entries k) */
export const sparseTimesDense = (a: SparseMatrix, b: Matrix): Matrix => {
  const k = b.cols;
  const data = new Float64Array(a.rows * k);
  for (let i = 0; i < a.rows; i += 1) {
    for (let p = a.offsets[i]!; p < a.offsets[i + 1]!; p += 1) {
      const value = a.values[p]!;
      const from = a.indices[p]! * k;
      const to = i * k;
      for (let j = 0; j < k; j += 1) data[to + j]! += value * b.data[from + j]!;
    }
  }
  return { rows: a.rows, cols: k, data };
};

export const sparseFrobeniusNorm = ({ values }: SparseMatrix): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
};

/** [rows] */
export const sparseRowSums = ({ rows, offsets, values }: SparseMatrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let p = offsets[i]!; p < offsets[i + 1]!; p += 1) sum += values[p]!;
    return sum;
  });

import { PaperError } from '../engine/stage/paper-error.ts';

/** A dense real matrix, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** @throws ShapeMismatch when the data do not fill rows x cols */
export const matrix = (rows: number, cols: number, data: Float64Array): Matrix => {
  if (data.length !== rows * cols) {
    throw new PaperError('ShapeMismatch', `a ${rows} x ${cols} matrix cannot hold ${data.length} numbers.`, {
      details: [`expected ${rows * cols} numbers; received ${data.length}`],
      hint: 'check the shape that the file or the caller gives.',
    });
  }
  return { rows, cols, data };
};

export const zeros = (rows: number, cols: number): Matrix => ({
  rows,
  cols,
  data: new Float64Array(rows * cols),
});

export const identity = (n: number): Matrix => {
  const result = zeros(n, n);
  for (let i = 0; i < n; i += 1) result.data[i * n + i] = 1;
  return result;
};

export const fromRows = (rows: readonly (readonly number[])[]): Matrix =>
  matrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));

export const transpose = ({ rows, cols, data }: Matrix): Matrix => {
  const result = new Float64Array(data.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) result[j * rows + i] = data[i * cols + j]!;
  }
  return { rows: cols, cols: rows, data: result };
};

const requireSameShape = (a: Matrix, b: Matrix): void => {
  if (a.rows === b.rows && a.cols === b.cols) return;
  throw new PaperError(
    'ShapeMismatch',
    'two matrices of different shapes were to be combined entry by entry.',
    {
      details: [`expected ${a.rows} x ${a.cols}; received ${b.rows} x ${b.cols}`],
      hint: 'transpose or slice one of them first.',
    },
  );
};

/** a + factor b */
const addScaled = (a: Matrix, b: Matrix, factor: number): Matrix => {
  requireSameShape(a, b);
  return { ...a, data: a.data.map((value, index) => value + factor * b.data[index]!) };
};

export const add = (a: Matrix, b: Matrix): Matrix => addScaled(a, b, 1);
export const subtract = (a: Matrix, b: Matrix): Matrix => addScaled(a, b, -1);
export const scale = (a: Matrix, factor: number): Matrix => ({
  ...a,
  data: a.data.map((value) => value * factor),
});

/** Rows start..end-1. */
export const sliceRows = ({ cols, data }: Matrix, start: number, end: number): Matrix =>
  matrix(end - start, cols, data.slice(start * cols, end * cols));

/** Columns start..end-1. */
export const sliceCols = ({ rows, cols, data }: Matrix, start: number, end: number): Matrix => {
  const width = end - start;
  const result = new Float64Array(rows * width);
  for (let i = 0; i < rows; i += 1) result.set(data.subarray(i * cols + start, i * cols + end), i * width);
  return { rows, cols: width, data: result };
};

/** <a, b> = sum of a_ij b_ij */
export const innerProduct = (a: Matrix, b: Matrix): number => {
  requireSameShape(a, b);
  // Four sums, since each addition would wait for the one before.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.data.length - (a.data.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a.data[i]! * b.data[i]!;
    s1 += a.data[i + 1]! * b.data[i + 1]!;
    s2 += a.data[i + 2]! * b.data[i + 2]!;
    s3 += a.data[i + 3]! * b.data[i + 3]!;
  }
  for (let i = whole; i < a.data.length; i += 1) s0 += a.data[i]! * b.data[i]!;
  return s0 + s1 + (s2 + s3);
};

export const frobeniusNorm = (a: Matrix): number => Math.sqrt(innerProduct(a, a));

import { joinRows } from './join-rows.ts';
import type { LinearAlgebra } from './linear-algebra.ts';
import { innerProduct, type Matrix, matrix, transpose } from './matrix.ts';
import type { MatrixStacks } from './matrix-stacks.ts';
import { orthonormaliseRows } from './orthonormal-rows.ts';
import { sparseTimesDense } from './sparse-matrix.ts';

interface PlainStack {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Matrices of a stack in the order of its entries. */
const matricesOf = ({ shape, data }: PlainStack): readonly Matrix[] => {
  const [rows, cols] = shape.slice(-2) as [number, number];
  const size = rows * cols;
  return Array.from({ length: data.length / size }, (_, at) =>
    matrix(rows, cols, data.slice(at * size, (at + 1) * size)),
  );
};

const joined = (matrices: readonly Matrix[], batch: readonly number[]): PlainStack => {
  const { rows, cols } = matrices[0]!;
  return { shape: [...batch, rows, cols], data: joinRows(matrices.map((a) => a.data)) };
};

/** Place in a batch, in which a dimension of one meets each of the other's. */
const placeIn = (batch: readonly number[], at: readonly number[]): number =>
  batch.reduce((place, size, dimension) => place * size + (size === 1 ? 0 : at[dimension]!), 0);

/** Stacks in memory, a matrix at a time, all in float64. */
export const plainStacks = (la: LinearAlgebra): MatrixStacks<PlainStack> => ({
  enter: (data, shape) => ({ data, shape }),
  leave: ({ data }) => data,
  normals: (stream, shape) => ({ data: stream.normals(shape.reduce((size, of) => size * of, 1)), shape }),
  single: (stack) => stack,
  double: (stack) => stack,
  reshape: ({ data }, shape) => ({ data, shape }),
  transpose: (stack) => joined(matricesOf(stack).map(transpose), stack.shape.slice(0, -2)),
  join: (stacks) => {
    const [first] = stacks.map(({ shape }) => shape);
    const rows = stacks.reduce((sum, { shape }) => sum + shape[1]!, 0);
    const data = new Float64Array(rows * first!.slice(2).reduce((size, of) => size * of, 1));
    let from = 0;
    for (const stack of stacks) {
      data.set(stack.data, from);
      from += stack.data.length;
    }
    return { shape: [1, rows, ...first!.slice(2)], data };
  },
  multiply: (a, b, options) => {
    const [left, right] = [matricesOf(a), matricesOf(b)];
    const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const batch = batchA.map((size, dimension) => Math.max(size, batchB[dimension]!));
    const count = batch.reduce((product, size) => product * size, 1);
    const products = Array.from({ length: count }, (_, place) => {
      let rest = place;
      const at = [...batch]
        .reverse()
        .map((size) => {
          const index = rest % size;
          rest = Math.floor(rest / size);
          return index;
        })
        .reverse();
      return la.multiply(left[placeIn(batchA, at)]!, right[placeIn(batchB, at)]!, options);
    });
    return joined(products, batch);
  },
  scaleColumns: ({ shape, data }, by) => ({
    shape,
    data: data.map((x, at) => x * by.data[at % by.data.length]!),
  }),
  sparse: (a) => (dense) => joined([sparseTimesDense(a, matricesOf(dense)[0]!)], [1]),
  pickRows: ({ shape, data }, order) => {
    const cols = shape.at(-1)!;
    return { shape, data: joinRows(Array.from(order, (row) => data.subarray(row * cols, (row + 1) * cols))) };
  },
  orthonormalRows: ({ shape, data }) => {
    const made = data.slice();
    const n = shape.at(-1)!;
    for (let from = 0; from < made.length; from += n * n)
      orthonormaliseRows(made.subarray(from, from + n * n), n);
    return { shape, data: made };
  },
  gramEigenvalues: (stack) =>
    Float64Array.from(
      matricesOf(stack).flatMap((a) => [
        ...la.symmetricEigen(la.multiply(a, a, { transposeB: true })).values,
      ]),
    ),
  innerProducts: (x, y) => {
    const others = matricesOf(y);
    return Float64Array.from(
      matricesOf(x).flatMap((a, at) => [
        innerProduct(a, others[at]!),
        innerProduct(a, transpose(others[at]!)),
      ]),
    );
  },
  traceNorms: (stack) => {
    const sigmas = matricesOf(stack).map((a) => la.singularValues(a));
    const sums = (of: (sigma: number) => number): Float64Array =>
      Float64Array.from(sigmas, (sigma) => sigma.reduce((sum, x) => sum + of(x), 0));
    return { norms: sums((x) => x), energies: sums((x) => x * x) };
  },
  columnEnergies: (stack) =>
    joinRows(
      matricesOf(stack).map(({ rows, cols, data }) => {
        const energies = new Float64Array(cols);
        for (let at = 0; at < rows * cols; at += 1) energies[at % cols]! += data[at]! ** 2;
        return energies;
      }),
    ),
  step: (work) => work(),
});

import { expect, test } from 'vitest';
import { type Matrix, matrix, transpose } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { fastMultiply } from '../../../../src/recompute/fast-multiply.ts';
import { errorText } from '../../../error-text.ts';

const random = seededRandom(1, 'fast-multiply');
const drawn = (rows: number, cols: number): Matrix => matrix(rows, cols, random.normals(rows * cols));

test.each([
  [1, 1, 1],
  [4, 8, 2],
  [5, 3, 7],
  [7, 33, 9],
  [3, 0, 2],
])(
  'a product [%i, %i] by [.., %i] is that of ml-matrix, whichever side is transposed',
  (rows, inner, cols) => {
    const [a, b] = [drawn(rows, inner), drawn(inner, cols)];
    const expected =
      inner === 0 ? matrix(rows, cols, new Float64Array(rows * cols)) : mlMatrixLinearAlgebra.multiply(a, b);
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const found = fastMultiply(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b, {
          transposeA,
          transposeB,
        });
        expect([found.rows, found.cols]).toEqual([rows, cols]);
        for (const [at, x] of found.data.entries()) expect(x).toBeCloseTo(expected.data[at]!, 12);
      }
    }
  },
);

test('matrices that do not fit are refused', () => {
  expect(errorText(() => fastMultiply(drawn(2, 3), drawn(2, 3)))).toContain(
    'expected inner dimensions to agree',
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRows, identity, type Matrix, scale, transpose } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { correlationOf, normalise, pearson } from '../../../../src/numerics/pearson.ts';
import { errorText } from '../../../error-text.ts';
import { gaussian, orthogonal } from './hand-made-matrices.ts';

/** <a, b> / (||a|| ||b||), without centring. */
const cosine = (a: Matrix, b: Matrix): number => correlationOf(normalise(a), normalise(b));

test('Pearson r of hand-worked matrices', () => {
  const a = fromRows([
    [1, 2],
    [3, 4],
  ]);
  expect(pearson(a, scale(a, -2))).toBeCloseTo(-1, 12);
  expect(
    pearson(
      a,
      fromRows([
        [1, -1],
        [-1, 1],
      ]),
    ),
  ).toBeCloseTo(0, 12);
  expect(cosine(a, identity(2))).toBeCloseTo(5 / Math.sqrt(60), 12);
});

test('r does not change under shift, scale or joint transposition; the cosine not under rotation', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (seed, factor) => {
        const [a, b] = [gaussian(6, seed), gaussian(6, seed + 1)];
        const r = pearson(a, b);
        const shifted = { ...a, data: a.data.map((x) => factor * x + 3) };
        // Sums of 36 products in float64.
        expect(pearson(shifted, b)).toBeCloseTo(r, 10);
        expect(pearson(transpose(a), transpose(b))).toBeCloseTo(r, 10);
        const u = orthogonal(6, seed + 2);
        const turn = (m: typeof a) => la.multiply(la.multiply(u, m, { transposeA: true }), u);
        expect(cosine(turn(a), turn(b))).toBeCloseTo(cosine(a, b), 8);
      },
    ),
    { seed: 54, numRuns: 25 },
  );
});

test('a matrix whose entries are all equal has no correlation, and says so', () => {
  const flat = fromRows([
    [2, 2],
    [2, 2],
  ]);
  expect(errorText(() => pearson(flat, identity(2)))).toBe(
    [
      'ConstantMatrix: a matrix whose entries are all equal correlates with nothing.',
      '  expected entries that vary; received a standard deviation of 0',
      '  hint: check the run or the view that the matrix comes from.',
    ].join('\n'),
  );
});

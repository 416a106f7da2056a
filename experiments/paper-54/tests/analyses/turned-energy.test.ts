import { matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { energyCurve } from 'reproducible-paper/numerics/spectrum';
import { expect, test } from 'vitest';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { turnedEnergies } from '../../analyses/turned-energy.ts';
import { formOf, randomLayer } from './hand-made-layers.ts';

const n = 12;
const draws = { draws: 5, seed: 2 };

test('a factor without directions leaves turns nothing to change', () => {
  const k = gaussian(n, 3);
  const expected = energyCurve(la.singularValues(k), 'k');
  turnedEnergies([formOf(k)], draws, la).forEach((row, at) => {
    expect(row.energy).toBeCloseTo(expected[at]!, 10);
    expect(row['turned-low']).toBeCloseTo(expected[at]!, 10);
    expect(row['turned-high']).toBeCloseTo(expected[at]!, 10);
  });
});

const diagonal = (entry: (i: number) => number) =>
  matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? entry(at / (n + 1)) : 0)),
  );

test('where each strong direction meets a weak one energy is even, and turns gather it', () => {
  const layer = {
    ...randomLayer(n, 5),
    q: diagonal((i) => 0.6 ** i),
    k: diagonal((i) => 0.6 ** (n - 1 - i)),
  };
  const [first] = turnedEnergies([layer], draws, la);
  expect(first!.energy).toBeCloseTo(1 / n, 10);
  expect(first!['turned-low']).toBeGreaterThan(2 / n);
});

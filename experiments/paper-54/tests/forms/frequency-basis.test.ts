import { expect, test } from 'vitest';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { frequencyBasis, frequencyBins } from '../../forms/frequency-basis.ts';
import { rawFunctions, residualMaker, toDense } from './naive-forms.ts';

test('a bin is full before it ends, no wider than its ratio where it can, and never parts equals', () => {
  const bins = (frequencies: readonly number[], ratio: number, tokens: number) => [
    ...frequencyBins(Float64Array.from(frequencies), { ratio, tokens }),
  ];
  expect(bins([100, 99, 98, 50, 49, 48], 1.1, 2)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(bins([100, 80, 60, 40], 1.1, 2)).toEqual([0, 0, 1, 1]);
  expect(bins([100, 80, 80, 80, 40, 40], 1.1, 2)).toEqual([0, 0, 0, 0, 1, 1]);
  // One token too few at the end joins the bin before.
  expect(bins([100, 80, 60, 40, 20], 1.1, 2)).toEqual([0, 0, 1, 1, 1]);
  expect(bins([5, 4], 1.1, 8)).toEqual([0, 0]);
});

test('the basis spans indicators, log f and its square, the constant first, and is orthonormal', () => {
  const frequencies = Float64Array.from({ length: 60 }, (_, at) => Math.ceil(5000 / (1 + at)));
  const bins = frequencyBins(frequencies, { ratio: 1.3, tokens: 5 });
  const basis = frequencyBasis(frequencies, bins);
  expect(basis.cols).toBe(bins.at(-1)! + 3);
  const gram = la.multiply(basis, basis, { transposeA: true });
  gram.data.forEach((x, at) => {
    expect(x).toBeCloseTo(at % (basis.cols + 1) === 0 ? 1 : 0, 12);
  });
  for (let at = 0; at < 60; at += 1) expect(basis.data[at * basis.cols]).toBeCloseTo(60 ** -0.5, 12);
  const left = residualMaker(rawFunctions(frequencies, bins)).mmul(toDense(basis));
  // The normal equations of indicators beside log f square their condition.
  expect(left.norm()).toBeLessThan(1e-6);
});

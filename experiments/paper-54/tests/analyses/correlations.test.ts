import { fromRows, identity, scale } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussian, orthogonal } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { bandEnergies } from '../../analyses/band-energy.ts';
import { driftOf } from '../../analyses/non-uniqueness.ts';

test('energy in bands sums to one, and lies where it was put', () => {
  const n = 16;
  const u = orthogonal(n, 3);
  const sum = bandEnergies(gaussian(n, 4), u, la).reduce((total, share) => total + share, 0);
  expect(sum).toBeCloseTo(1, 12);
  // A matrix whose rows are all the basis's first vector has all its energy in the first band.
  const first = Array.from({ length: n }, (_, i) => u.data[i * n]!);
  expect(bandEnergies(fromRows(Array.from({ length: n }, () => first)), u, la)[0]).toBeCloseTo(1, 12);
});

test('drift is relative to the init, beside its absolute size', () => {
  const init = identity(4);
  expect(driftOf(scale(init, 3), init)).toEqual({ relative: 2, absolute: 4, initNorm: 2 });
  expect(errorText(() => driftOf(init, scale(init, 0)))).toBe(
    [
      'ZeroMatrix: the init is zero, so that no drift is relative to it.',
      '  expected a positive Frobenius norm; received 0',
      '  hint: check the run: a projection that starts at zero has an absolute drift only.',
    ].join('\n'),
  );
});

test('a matrix of zeros has no bands', () => {
  expect(errorText(() => bandEnergies(scale(identity(8), 0), identity(8), la))).toBe(
    [
      'ZeroMatrix: a matrix of zeros has no energy to share among bands.',
      '  expected a positive Frobenius norm; received 0',
      '  hint: check the run that the weights come from: a trained projection is never zero.',
    ].join('\n'),
  );
});

import { expect, test } from 'vitest';
import { asymmetryOf, realFraction } from '../../../../src/numerics/asymmetry.ts';
import { add, fromRows, zeros } from '../../../../src/numerics/matrix.ts';
import { errorText } from '../../../error-text.ts';
import { antisymmetric, symmetric } from './hand-made-matrices.ts';

test('symmetric and antisymmetric matrices stand at the ends', () => {
  // The ratio is the root of a difference near zero: half of the digits.
  expect(asymmetryOf(symmetric(6, 1), 'W').ratio).toBeLessThan(1e-7);
  const odd = asymmetryOf(antisymmetric(6, 1), 'W');
  expect(odd.ratio).toBeCloseTo(2, 12);
  expect(odd.rho).toBeCloseTo(-1, 12);
  expect(odd['antisymmetric-energy']).toBeCloseTo(1, 12);
});

test('the antisymmetric energy of a sum is the share of its antisymmetric part', () => {
  const [even, odd] = [symmetric(6, 2), antisymmetric(6, 3)];
  const energy = ({ data }: typeof even): number => data.reduce((sum, x) => sum + x * x, 0);
  const found = asymmetryOf(add(even, odd), 'W');
  expect(found['antisymmetric-energy']).toBeCloseTo(energy(odd) / (energy(even) + energy(odd)), 12);
});

test('the real fraction of hand-worked eigenvalues', () => {
  expect(realFraction({ re: Float64Array.of(-3, 3, 6), im: Float64Array.of(4, -4, 0) }, 'W')).toBe(12 / 16);
});

test('a matrix of zeros, and one without an eigenvalue, are refused', () => {
  expect(errorText(() => asymmetryOf(zeros(2, 2), 'W'))).toBe(
    [
      'ZeroMatrix: W is zero, and so neither symmetric nor antisymmetric.',
      '  expected a bilinear form that is not zero',
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
  expect(errorText(() => realFraction({ re: Float64Array.of(0), im: Float64Array.of(0) }, 'W'))).toBe(
    [
      'ZeroMatrix: W has no eigenvalue but zero, so that no share of them is real.',
      '  expected one that is not',
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
  expect(errorText(() => asymmetryOf(fromRows([[1, 2]]), 'W'))).toContain('ShapeMismatch: ');
});

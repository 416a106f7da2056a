import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { fitPowerLaw } from '../../laws/fit-power-law.ts';

test('a power law is found as it was made', () => {
  const fit = fitPowerLaw([8, 16, 32, 64].map((n) => [n, 3 * n ** -1.7]));
  expect(fit.exponent).toBeCloseTo(-1.7, 12);
  expect(fit.scale).toBeCloseTo(3, 10);
  expect(fit.exponentError).toBeLessThan(1e-7);
});

test('errors are those of a straight line through logarithms, by hand', () => {
  // x = 0, 1, 2 and y = 0, 1, 1: slope 1/2, intercept 1/6, residuals -1/6, 1/3, -1/6, their sum of squares 1/6.
  const fit = fitPowerLaw([
    [1, 1],
    [Math.E, Math.E],
    [Math.E ** 2, Math.E],
  ]);
  expect(fit.exponent).toBeCloseTo(1 / 2, 12);
  expect(fit.exponentError).toBeCloseTo(Math.sqrt(1 / 6 / 2), 12);
  expect(fit.logScaleError).toBeCloseTo(Math.sqrt((1 / 6) * (1 / 3 + 1 / 2)), 12);
});

test('what is no power law is refused', () => {
  expect(
    errorText(() =>
      fitPowerLaw([
        [8, 1],
        [16, 0],
        [32, 1],
      ]),
    ),
  ).toBe(
    [
      'NoPowerLaw: no power law can be fitted to these points.',
      '  expected figures above zero; received 0 at n = 16',
      '  hint: fit a figure that falls to zero, over more sizes: see config.ts.',
    ].join('\n'),
  );
  expect(
    errorText(() =>
      fitPowerLaw([
        [8, 1],
        [16, 2],
      ]),
    ),
  ).toContain('three different sizes at least; received 8, 16');
});

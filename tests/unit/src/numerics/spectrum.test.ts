import { expect, test } from 'vitest';
import {
  effectiveRank,
  entropyRank,
  quarterCircleCdf,
  quarterCircleQuantiles,
  spectralDivergence,
  topEnergy,
} from '../../../../src/numerics/spectrum.ts';

test('the quarter circle integrates to its distribution function', () => {
  // Trapezoids of sqrt(4 - x^2) / pi; its slope is infinite at 2, which costs some 1e-6 there.
  const steps = 200_000;
  let area = 0;
  for (let i = 0; i < steps; i += 1) {
    const x = (2 * (i + 0.5)) / steps;
    area += (Math.sqrt(4 - x * x) / Math.PI) * (2 / steps);
    if (i === steps / 2 - 1) expect(area).toBeCloseTo(quarterCircleCdf(1), 6);
  }
  expect(area).toBeCloseTo(1, 6);
});

test('quantiles descend and give back their shares', () => {
  const quantiles = quarterCircleQuantiles(50);
  quantiles.forEach((x, i) => {
    expect(quarterCircleCdf(x)).toBeCloseTo((50 - i - 0.5) / 50, 12);
    if (i > 0) expect(x).toBeLessThan(quantiles[i - 1]!);
  });
});

test('ranks of hand-worked spectra', () => {
  const sigma = Float64Array.of(3, 1);
  expect(effectiveRank(sigma, 'A')).toBeCloseTo(16 / 10, 12);
  expect(entropyRank(sigma, 'A')).toBeCloseTo(Math.exp(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))), 12);
  expect(topEnergy(sigma, 1, 'A')).toBeCloseTo(0.9, 12);
  expect(topEnergy(sigma, 8, 'A')).toBeCloseTo(1, 12);
});

test('a divergence of hand-worked spectra, in nats', () => {
  const a = { name: 'A', sigma: Float64Array.of(3, 1) };
  const b = { name: 'B', sigma: Float64Array.of(1, 1) };
  expect(spectralDivergence(a, b)).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 12);
  expect(spectralDivergence(a, a)).toBe(0);
});

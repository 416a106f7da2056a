import { expect, test } from 'vitest';
import { equivalencePower } from '../../controls/equivalence-power.ts';

/** Of a standard normal by Simpson's rule, P(|z| < far). */
const withinChance = (far: number): number => {
  const steps = 200;
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const at = (step: number): number => density((step / steps) * far);
  const sum = Array.from({ length: steps + 1 }, (_, step) =>
    step === 0 || step === steps ? at(step) : (step % 2 === 0 ? 2 : 4) * at(step),
  ).reduce((a, b) => a + b, 0);
  return far > 0 ? (2 * sum * far) / steps / 3 : 0;
};

/** Of three figures the variance is exponential: the chance over its quantiles. @param t Student's quantile */
const ofThree = (sd: number, bound: number, t: number): number => {
  const quantiles = 1000;
  let sum = 0;
  for (let at = 0; at < quantiles; at += 1) {
    const spread = Math.sqrt(-Math.log(1 - (at + 0.5) / quantiles));
    sum += withinChance((bound * Math.sqrt(3)) / sd - t * spread);
  }
  return sum / quantiles;
};

test('it is what the law of three figures gives, and of two means its product', () => {
  // Student's t of two degrees of freedom, one-sided: 2.919986 at 0.05, 4.302653 at 0.025.
  for (const [sds, level, t] of [
    [[0.2], 0.05, 2.919986],
    [[0.12], 0.025, 4.302653],
    [[0.15, 0.2], 0.05, 2.919986],
  ] as const) {
    const expected = sds.reduce((product, sd) => product * ofThree(sd, 0.5, t), 1);
    expect(expected).toBeGreaterThan(0.2);
    expect(expected).toBeLessThan(0.95);
    // Four standard errors of a share of ten thousand trials, at most.
    expect(Math.abs(equivalencePower(3, sds, 0.5, level) - expected)).toBeLessThan(0.02);
  }
});

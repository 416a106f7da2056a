import { frobeniusNorm, innerProduct, type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { balancedFactors, blend, plantedLayer, turnedForm } from '../../power/planted-layer.ts';
import { firstPlanting } from '../../power/planting.ts';
import { strengthFor } from '../../power/power-points.ts';
import { problemOf } from '../../power/power-trials.ts';
import { type SpaceId, testsOf, trialFigures, trialTurns } from '../../power/trial-figures.ts';

const random = seededRandom(2, 'planted');
const draw = (n: number): Matrix => matrix(n, n, random.normals(n * n));
const cosine = (a: Matrix, b: Matrix): number => innerProduct(a, b) / frobeniusNorm(a) / frobeniusNorm(b);
const { problem } = miniatureProblem(la);
const { free, posed } = problem;
const factors = posed[0]!.map(({ factors: of }) => of)[0]!;
const n = free.roots.length;

test('Q and K give the form back, whatever the gauge, and are as strong', () => {
  const b = draw(7);
  const { q, k } = balancedFactors(b, haarMatrix(7, random), la);
  const made = la.multiply(q, k, { transposeA: true });
  made.data.forEach((x, at) => {
    expect(x).toBeCloseTo(b.data[at]!, 10);
  });
  // Singular values of both are the roots of B's.
  const roots = la.singularValues(b).map(Math.sqrt);
  for (const factor of [q, k]) {
    la.singularValues(factor).forEach((sigma, at) => {
      expect(sigma).toBeCloseTo(roots[at]!, 8);
    });
  }
});

test("scores on tokens, made dense, hold the view's part at the strength that was planted", () => {
  const view = free.views[0]!;
  const background = turnedForm(factors, free, haarMatrix(n, random), la);
  for (const alpha of [0, 0.3, 1]) {
    const { q, k } = plantedLayer(background, free, view.image, alpha, haarMatrix(n, random), la);
    // E = U diag(roots) V^T; E B E^T [tokens, tokens] without any of the short ways.
    const scaledCarrier = {
      ...free.carrier,
      data: free.carrier.data.map((x, at) => x * free.roots[at % n]!),
    };
    const e = la.multiply(scaledCarrier, free.basis, { transposeB: true });
    const scores = la.multiply(la.multiply(e, la.multiply(q, k, { transposeA: true })), e, {
      transposeB: true,
    });
    const onTokens = (a: Matrix): Matrix =>
      la.multiply(la.multiply(free.carrier, a), free.carrier, { transposeB: true });
    const expected = onTokens(blend(view.image, background, alpha));
    scores.data.forEach((x, at) => {
      expect(x).toBeCloseTo(expected.data[at]!, 8);
    });
    if (alpha === 1) expect(cosine(scores, onTokens(view.image))).toBeCloseTo(1, 10);
  }
});

const posing = (space: SpaceId) =>
  problemOf(problem, space, firstPlanting, { image: draw(n), subspace: 2, run: 'test' });

test('planted whole, T6 of the layer gives one back, and nothing where nothing is', () => {
  const posed = posing('free');
  const turns = trialTurns(posed, 0, 1);
  const [none, all] = trialFigures(posed, [0, 1], turns, la);
  const layers = testsOf('free').indexOf('t6-free');
  expect(all!.observed[layers]).toBeCloseTo(1, 8);
  expect(Math.abs(none!.observed[layers]!)).toBeLessThan(0.5);
  expect(trialFigures(posed, [1], turns, la)[0]).toEqual(all);
  expect(trialFigures(posed, [1], trialTurns(posed, 1, 1), la)[0]!.turned).not.toEqual(all!.turned);
});

test('in its own terms T1 gives back what is planted in Q, and none of it once the outputs are turned', () => {
  const whole = posing('whole');
  const [all] = trialFigures(whole, [1], trialTurns(whole, 0, 1), la);
  expect(all!.observed[testsOf('whole').indexOf('t1-direct')]).toBeCloseTo(1, 10);
  expect(all!.observed[testsOf('whole').indexOf('t1-hidden')]).toBeLessThan(0.6);
  expect(all!.turned.slice(0, 4)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

test('a strength that is none is refused', () => {
  for (const alpha of [-0.1, 1.1, Number.NaN]) {
    expect(() => blend(draw(3), draw(3), alpha)).toThrow(
      expect.objectContaining({
        name: 'BadStrength',
        message: 'a view is planted at a strength between none and all.',
        details: [`expected 0 to 1; received ${alpha}`],
      }),
    );
  }
});

test('the strength found with a power lies between the last that is not and the first that is', () => {
  const points = [
    { alpha: 0, power: 0.05 },
    { alpha: 0.01, power: 0.9 },
    { alpha: 0.1, power: 0.6 },
    { alpha: 1, power: 1 },
  ];
  // Half-way from 0.6 to 1 in power is half-way in log alpha; the lucky 0.9 before does not count.
  expect(strengthFor(points, 0.8)).toBeCloseTo(Math.sqrt(0.1), 12);
  expect(strengthFor(points.slice(0, 3), 0.8)).toBeNull();
  expect(strengthFor(points.slice(0, 2), 0.8)).toBe(0.01);
});

import {
  frobeniusNorm,
  innerProduct,
  type Matrix,
  matrix,
  transpose,
} from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { type SparseMatrix, sparseTimesDense } from 'reproducible-paper/numerics/sparse-matrix';
import { describe, expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { weightings } from '../../cooccurrence/weightings.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { plantedLayer, turnedForm } from '../../power/planted-layer.ts';
import { type Planting, plantedTest, plantingId, plantings } from '../../power/planting.ts';
import { problemOf } from '../../power/power-trials.ts';
import { trialFigures, trialTurns } from '../../power/trial-figures.ts';

const { problem, counts } = miniatureProblem(la);
const { free } = problem;
const n = free.roots.length;
const [nTokens, nTrials] = [free.carrier.rows, 60];
const random = seededRandom(3, 'planting');
const cosine = (a: Matrix, b: Matrix): number => innerProduct(a, b) / frobeniusNorm(a) / frobeniusNorm(b);

const posed = (planting: Planting) =>
  problemOf(problem, 'free', planting, {
    image: matrix(n, n, random.normals(n * n)),
    subspace: 2,
    run: 'test',
  });

/** E, free of frequency, from its singular value decomposition [tokens, n]. */
const embedding = la.multiply(
  { ...free.carrier, data: free.carrier.data.map((x, at) => x * free.roots[at % n]!) },
  free.basis,
  { transposeB: true },
);

/** What E can carry of log counts, the later token in rows, by dense matrices of tokens by tokens. */
const onTokens = ({ view }: Planting): Matrix => {
  const pairs: SparseMatrix = weightings.log1p(view === 'K_3_skip' ? counts.topK3Skip : counts.topK2);
  const identity = matrix(
    nTokens,
    nTokens,
    Float64Array.from({ length: nTokens ** 2 }, (_, at) => (at % (nTokens + 1) === 0 ? 1 : 0)),
  );
  const dense = sparseTimesDense(pairs, identity);
  const onto = la.multiply(free.carrier, free.carrier, { transposeB: true });
  return la.multiply(la.multiply(onto, view === 'K_2_T' ? dense : transpose(dense)), onto);
};

/** Scores of a layer on all pairs of tokens, of forms by which heads compare or copy alike: E left^T right E^T. */
const scoresOf = ({ q, k }: { readonly q: Matrix; readonly k: Matrix }): Matrix =>
  la.multiply(la.multiply(embedding, la.multiply(q, k, { transposeA: true })), embedding, {
    transposeB: true,
  });

describe.each(plantings)('$view planted in $form', (planting) => {
  const { factors, view } = posed(planting);
  const background = turnedForm(factors[0]!, free, haarMatrix(n, random), la);
  const planted = (alpha: number): Matrix =>
    scoresOf(plantedLayer(background, free, view.image, alpha, haarMatrix(n, random), la));

  test('is the form of that kind', () => {
    expect(factors).toEqual(
      problem.posed.map((of) => of.find(({ setting }) => setting.form === planting.form)!.factors),
    );
  });

  test('is on tokens all of the view, or none of it', () => {
    const target = onTokens(planting);
    expect(cosine(planted(1), target)).toBeCloseTo(1, 8);
    // A turned form has of it what it happens to have, and planting nothing adds nothing.
    const turned = la.multiply(la.multiply(free.carrier, background), free.carrier, { transposeB: true });
    expect(cosine(planted(0), target)).toBeCloseTo(cosine(turned, target), 8);
  });

  test('is not any of the others', () => {
    for (const other of plantings.filter((one) => one.view !== planting.view)) {
      const apart = cosine(onTokens(planting), onTokens(other));
      expect(cosine(planted(1), onTokens(other))).toBeCloseTo(apart, 8);
      expect(Math.abs(apart)).toBeLessThan(0.9);
    }
  });

  test('is given back at its strength by trials, on average, and not at all where it is not', () => {
    const problem = posed(planting);
    const found = Array.from({ length: nTrials }, (_, trial) =>
      trialFigures(problem, [0, 0.5], trialTurns(problem, trial, 1), la).map(({ observed }) => observed[0]!),
    );
    const means = [0, 1].map((at) => found.reduce((sum, of) => sum + of[at]!, 0) / nTrials);
    // Two layers of eight dimensions scatter by some 0.09 a trial: five times what is left of it.
    expect(Math.abs(means[0]!)).toBeLessThan(0.06);
    expect(Math.abs(means[1]! - 0.5)).toBeLessThan(0.06);
  });
});

test('each planting has a name, and tests of its own', () => {
  expect(new Set(plantings.map(plantingId)).size).toBe(6);
  const tests = plantings.map((of) => plantedTest(of, 'rms'));
  expect(tests).toContain('t6-free-rms');
  expect(tests).toContain('t6-free-ov-k2-t-rms');
  expect(new Set(tests).size).toBe(6);
});

import { frobeniusNorm, innerProduct, type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { cosinesOf, formTerms, inSpace, joinImages } from '../../forms/form-cosines.ts';
import type { FormFactors } from '../../forms/form-factors.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { plantedAt } from '../../power/planted-projections.ts';
import { formCosine } from '../../power/planted-training.ts';

const random = seededRandom(4, 'planted-training');
const draw = (n: number): Matrix => matrix(n, n, random.normals(n * n));
const { problem } = miniatureProblem(la);
const { free, nHeads } = problem;

const factorsOf = (left: Matrix, right: Matrix): FormFactors => ({
  layer: 0,
  nHeads,
  left,
  right,
  angles: new Float64Array(left.rows / 2),
});

test('a planted layer is the view and nothing else, as strong as what it replaces, in a gauge of its own', () => {
  const { q, k } = plantedAt(free, { q: 3, k: 5 }, 1, 'layer-0', la);
  expect(frobeniusNorm(q)).toBeCloseTo(3, 10);
  expect(frobeniusNorm(k)).toBeCloseTo(5, 10);
  const [terms] = formTerms(
    inSpace(factorsOf(q, k), free, free.basis, la),
    joinImages(free.views.map(({ image }) => image)),
    [0],
    la,
  );
  const whole = { view: 'K_2', part: 'whole', index: 0, isTransposed: false } as const;
  const cosines = cosinesOf(terms!.products, terms!.norms, free.views, [whole])[0]!;
  // Roots of eigenvalues and their inverses, of a form of eight directions.
  expect(cosines.at(-1)).toBeCloseTo(1, 8);
  const other = plantedAt(free, { q: 3, k: 5 }, 1, 'layer-1', la);
  expect(innerProduct(q, other.q) / (3 * 3)).toBeLessThan(0.9);
  expect(formCosine(factorsOf(q, k), factorsOf(other.q, other.k), la)).toBeCloseTo(1, 8);
});

test('the likeness of two forms is the cosine of Q^T K, made dense', () => {
  const [a, b, c, d] = [draw(8), draw(8), draw(8), draw(8)] as const;
  const dense = [la.multiply(a, b, { transposeA: true }), la.multiply(c, d, { transposeA: true })] as const;
  const expected = innerProduct(...dense) / (frobeniusNorm(dense[0]) * frobeniusNorm(dense[1]));
  expect(formCosine(factorsOf(a, b), factorsOf(c, d), la)).toBeCloseTo(expected, 12);
});

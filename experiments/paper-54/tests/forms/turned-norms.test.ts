import { transpose } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { formNorms } from '../../forms/form-cosines.ts';
import { turnPlanes } from '../../forms/form-factors.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { turnedNorms } from '../../forms/turned-norms.ts';

test('norms at a distance are those of factors whose planes are turned', () => {
  const { left, right, angles, nHeads } = miniatureProblem(la).problem.posed[0]![0]!.factors;
  const gram = (a: typeof left, b: typeof left) => la.multiply(a, b, { transposeB: true });
  const deltas = [0, 1, 2, 7];
  const grams = {
    left: gram(left, left).data,
    right: gram(right, right).data,
    crossed: gram(right, left).data,
  };
  const found = turnedNorms(grams, { angles, nHeads }, deltas);
  deltas.forEach((delta, at) => {
    const turned = turnPlanes(right, angles, delta);
    const expected = formNorms(gram(left, left), gram(turned, turned), gram(turned, left), nHeads);
    for (const of of ['energy', 'mixed'] as const) {
      expected[of].forEach((norm, head) => {
        expect(found[at]![of][head], `${of} of head ${head} at ${delta}`).toBeCloseTo(norm, 10);
      });
    }
  });
  // The last head's own, by its form.
  const rows = (a: typeof left) => ({ ...a, rows: a.rows / 2, data: a.data.slice(a.data.length / 2) });
  const form = la.multiply(rows(left), rows(turnPlanes(right, angles, 7)), { transposeA: true });
  const other = transpose(form);
  expect(found[3]!.energy[1]).toBeCloseTo(
    form.data.reduce((sum, x) => sum + x * x, 0),
    10,
  );
  expect(found[3]!.mixed[1]).toBeCloseTo(
    form.data.reduce((sum, x, i) => sum + x * other.data[i]!, 0),
    10,
  );
});

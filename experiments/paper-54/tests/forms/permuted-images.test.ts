import { matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { jointCarrier } from '../../forms/joint-carrier.ts';
import { labelOrders } from '../../forms/label-orders.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { imagesOfCores, permutedCores } from '../../forms/permuted-images.ts';
import { dense, sparseView } from './hand-made-forms.ts';

const { problem } = miniatureProblem(la);
const joint = jointCarrier(problem, la);
const tokens = problem.bins.length;

test('one carrier holds those of both spaces', () => {
  for (const space of [problem.free, problem.whole]) {
    const again = la.multiply(joint.carrier, joint.coordinates(space)); // X (X^T U)
    again.data.forEach((x, at) => {
      // Its columns are orthonormal to some 1e-13, as an embedding of 48 tokens leaves them.
      expect(x, `${space.id}, entry ${at}`).toBeCloseTo(space.carrier.data[at]!, 10);
    });
  }
});

test('images of permuted tokens are U^T P^T M P U by dense matrices, and before each its transpose', () => {
  const views = [sparseView(tokens, 2), sparseView(tokens, 3)];
  const orders = labelOrders(problem, { draws: 2, seed: 5, run: 'test' });
  for (const space of [problem.free, problem.whole]) {
    const t = joint.coordinates(space);
    const n = t.cols;
    const found = withStacks(la, (stacks) => {
      const cores = permutedCores(joint.carrier, views, stacks)(orders);
      return stacks.leave(imagesOfCores(cores, stacks.enter(t.data, [1, t.rows, n]), n, stacks));
    });
    expect(found).toHaveLength(orders.length * views.length * 2 * n * n);
    orders.forEach((order, draw) => {
      const u = matrix(
        tokens,
        n,
        Float64Array.from(
          { length: tokens * n },
          (_, at) => space.carrier.data[order[Math.floor(at / n)]! * n + (at % n)]!,
        ),
      );
      views.forEach((view, of) => {
        const image = la.multiply(u, la.multiply(dense(view), u), { transposeA: true });
        [transpose(image), image].forEach(({ data }, side) => {
          const from = ((draw * views.length + of) * 2 + side) * n * n;
          data.forEach((x, at) => {
            expect(found[from + at], `${space.id}, draw ${draw}, view ${of}, side ${side}`).toBeCloseTo(x, 9);
          });
        });
      });
    });
  }
});

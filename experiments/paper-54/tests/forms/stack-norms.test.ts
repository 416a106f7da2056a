import { joinRows } from 'reproducible-paper/numerics/join-rows';
import { sliceRows, transpose } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { turnPlanes } from '../../forms/form-factors.ts';
import { stackNorms } from '../../forms/stack-norms.ts';
import { randomFactors } from './hand-made-forms.ts';

const [n, nHeads] = [12, 3];
const draws = [1, 5].map((seed) => randomFactors(n, nHeads, seed));

test.each([[[0]], [[0, 2]]])(
  "norms of many draws' forms at distances %j are those of the forms, multiplied out",
  (deltas) => {
    const found = withStacks(la, (stacks) => {
      const enter = (side: 'left' | 'right') =>
        stacks.enter(joinRows(draws.map((of) => of[side].data)), [draws.length, n, n]);
      return stackNorms(enter('left'), enter('right'), draws[0]!, deltas, draws.length, stacks);
    });
    draws.forEach(({ left, right, angles }, draw) => {
      deltas.forEach((delta, at) => {
        const turned = turnPlanes(right, angles, delta);
        for (let head = 0; head <= nHeads; head += 1) {
          // The last one is of all heads together.
          const [from, to] = head < nHeads ? [head * (n / nHeads), (head + 1) * (n / nHeads)] : [0, n];
          const rows = [left, turned].map((side) => sliceRows(side, from, to));
          const form = la.multiply(rows[0]!, rows[1]!, { transposeA: true });
          const other = transpose(form).data;
          const { energy, mixed } = found[draw]![at]!;
          const what = `draw ${draw}, head ${head}, distance ${delta}`;
          expect(energy[head], what).toBeCloseTo(
            form.data.reduce((sum, x) => sum + x * x, 0),
            9,
          );
          expect(mixed[head], what).toBeCloseTo(
            form.data.reduce((sum, x, i) => sum + x * other[i]!, 0),
            9,
          );
        }
      });
    });
  },
);

import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { turnedFigures, turnedLayer } from '../../controls/turned-forms.ts';
import { layerStack, turnedStack } from '../../controls/turned-stack.ts';
import { randomLayer } from '../analyses/hand-made-layers.ts';

const n = 12;

test.each([true, false])(
  'layers together are as each by itself; with eigenvalues of the whole: %s',
  (asked) => {
    const layers = [5, 9].map((seed) => turnedLayer(randomLayer(n, seed), la));
    const random = seededRandom(3, 'stack');
    const o = haarMatrix(n, random);
    const headO = haarMatrix(n / 2, random);
    const found = withStacks(la, (stacks) =>
      turnedStack(layerStack(layers, stacks), stacks.enter(o.data, [1, n, n]), headO, asked, stacks, la),
    );
    layers.forEach((layer, at) => {
      const alone = turnedFigures(layer, o, headO, asked, la);
      expect(Object.keys(found[at]!.whole)).toEqual(Object.keys(alone.whole));
      for (const [id, figure] of Object.entries(alone.whole)) {
        // Roots of squares: the smallest of 12 singular values is right to some 1e-12 of the largest.
        expect(found[at]!.whole[id], `${id} of layer ${at}`).toBeCloseTo(figure, 9);
      }
      alone.heads.forEach((figures, head) => {
        for (const [id, figure] of Object.entries(figures)) {
          expect(found[at]!.heads[head]![id], `${id} of layer ${at}, head ${head}`).toBeCloseTo(figure, 9);
        }
      });
    });
  },
);

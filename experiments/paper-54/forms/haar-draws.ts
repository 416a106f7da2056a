/** Null N4: the stream turned under a layer's forms by one Haar matrix, so that B keeps its spectrum and rho. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { type FormProblem, layerCosines } from './form-problem.ts';

export const haarDraws = (
  problem: FormProblem,
  { draws, seed, run, advance }: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const drawn = emptyDraws(problem, draws);
  problem.posed.forEach((posed, layer) => {
    const random = seededRandom(seed, `form-haar/${run}/layer-${layer}`);
    const n = problem.free.roots.length;
    for (let draw = 0; draw < draws; draw += 1) {
      const o = haarMatrix(n, random);
      drawn.put(
        draw,
        layer,
        layerCosines(posed, () => o, la),
      );
      advance?.();
    }
  });
  return drawn;
};

import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { AttentionWeights } from '../model/attention-weights.ts';

/**
 * Null N2: what any random matrices show. So many triples of independent Gaussian matrices, of one shape and
 * one seed, the same for every analysis. Scale-free figures only: their entries have variance one. Drawn as they
 * are asked for: all of them at the paper's size are 0.2 GB.
 */
export function* gaussianTriples(
  n: number,
  nHeads: number,
  draws: number,
  seed: number,
): Generator<AttentionWeights> {
  const random = seededRandom(seed, `gaussian-null/${n}`);
  const draw = (): Matrix => matrix(n, n, random.normals(n * n));
  for (let layer = 0; layer < draws; layer += 1) yield { layer, nHeads, q: draw(), k: draw(), v: draw() };
}

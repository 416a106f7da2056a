import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { type Matrix, matrix } from '../../../src/numerics/matrix.ts';
import { seededRandom } from '../../../src/numerics/seeded-random.ts';
import { type SparseMatrix, sparseFromTriplets } from '../../../src/numerics/sparse-matrix.ts';
import type { FormFactors } from './form-factors.ts';
import { type FormProblem, formProblem } from './form-problem.ts';

const [width, nHeads, tokens, layers] = [8, 2, 48, 2];

/** Forms, an embedding and views so small that every draw takes no time; all from one seed. */
export const miniatureProblem = (
  la: LinearAlgebra,
): { readonly problem: FormProblem; readonly counts: { topK2: SparseMatrix; topK3Skip: SparseMatrix } } => {
  const random = seededRandom(1, 'form-miniature');
  const draw = (rows: number, cols: number): Matrix => matrix(rows, cols, random.normals(rows * cols));
  const pairs = (): SparseMatrix => {
    const places = Array.from({ length: tokens * tokens }, (_, at) => at).filter(
      () => random.uniform() < 0.3,
    );
    return sparseFromTriplets(tokens, tokens, {
      rows: Int32Array.from(places, (place) => Math.floor(place / tokens)),
      cols: Int32Array.from(places, (place) => place % tokens),
      values: Float64Array.from(places, () => 1 + random.integer(9)),
    });
  };
  const factors = (layer: number, angle: number): FormFactors => ({
    layer,
    nHeads,
    left: draw(width, width),
    right: draw(width, width),
    angles: Float64Array.from({ length: width / 2 }, (_, plane) => angle / (1 + (plane % 2))),
  });
  const counts = { topK2: pairs(), topK3Skip: pairs() };
  const problem = formProblem(
    {
      ...counts,
      frequencies: Float64Array.from({ length: tokens }, (_, at) => Math.ceil(2000 / (1 + at))),
    },
    {
      embedding: draw(tokens, width),
      attended: () => draw(width, width),
    },
    Array.from({ length: layers }, (_, layer) => ({
      layer,
      qk: factors(layer, 1),
      ov: factors(layer, 0),
    })),
    [0, 2],
    { ratio: 1.2, tokens: 6 },
    la,
  );
  return { problem, counts };
};

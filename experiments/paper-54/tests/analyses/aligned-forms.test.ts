import { joinRows } from 'reproducible-paper/numerics/join-rows';
import { innerProduct, type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import {
  alignedCosines,
  preparedLayer,
  procrustes,
  turnedCosines,
  unalignedShare,
} from '../../analyses/aligned-forms.ts';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { headRows } from '../../model/attention-weights.ts';
import { randomLayer, rotated } from './hand-made-layers.ts';

const n = 12;
const rows = 40;
const layer = randomLayer(n, 31);
const embedding = matrix(rows, n, seededRandom(1, 'embedding').normals(rows * n));
const turn = haarMatrix(n, seededRandom(2, 'turn'));

/** Both heads' rows in the other order, each head's q and k in another basis of its own. */
const regauged = (a: Matrix, g: Matrix): Matrix =>
  matrix(n, n, Float64Array.from([1, 0].flatMap((head) => [...la.multiply(g, headRows(a, 2, head)).data])));

test('one solution in another basis, other gauges and another order of heads is found to be the same', () => {
  const gauge = haarMatrix(n / 2, seededRandom(3, 'gauge'));
  const { q, k, ...rest } = rotated(layer, turn);
  const other = { ...rest, q: regauged(q, gauge), k: regauged(k, gauge) };
  const r = procrustes(embedding, la.multiply(embedding, turn), la);
  r.data.forEach((x, at) => {
    expect(x).toBeCloseTo(turn.data[at]!, 9);
  });
  const [a, b] = [preparedLayer(layer, la), preparedLayer(other, la)];
  const found = alignedCosines(a, b, r, la);
  expect(found.whole).toBeCloseTo(1, 9);
  expect(found.matched).toBeCloseTo(1, 9);
  expect(unalignedShare(embedding, la.multiply(embedding, turn), r, la)).toBeCloseTo(0, 9);
});

test('unrelated layers give the cosines of their forms, multiplied out', () => {
  const other = randomLayer(n, 77);
  const form = ({ q, k }: typeof layer) => la.multiply(q, k, { transposeA: true });
  const found = alignedCosines(preparedLayer(layer, la), preparedLayer(other, la), turn, la);
  const [x, y] = [form(rotated(layer, turn)), form(other)];
  expect(found.whole).toBeCloseTo(
    innerProduct(x, y) / Math.sqrt(innerProduct(x, x) * innerProduct(y, y)),
    10,
  );
  const cosine = (h: number, g: number) => {
    const [one, two] = [
      form({
        ...layer,
        q: headRows(rotated(layer, turn).q, 2, h),
        k: headRows(rotated(layer, turn).k, 2, h),
      }),
      form({ ...other, q: headRows(other.q, 2, g), k: headRows(other.k, 2, g) }),
    ];
    return innerProduct(one, two) / Math.sqrt(innerProduct(one, one) * innerProduct(two, two));
  };
  const best = Math.max(cosine(0, 0) + cosine(1, 1), cosine(0, 1) + cosine(1, 0)) / 2;
  expect(found.matched).toBeCloseTo(best, 10);
});

test('cosines of many turns together are those of each', () => {
  const [a, b] = [[layer], [randomLayer(n, 77)]].map((layers) => layers.map((of) => preparedLayer(of, la)));
  const turns = [turn, haarMatrix(n, seededRandom(5, 'turn'))];
  const found = withStacks(la, (stacks) =>
    turnedCosines(a!, b!, stacks.enter(joinRows(turns.map(({ data }) => data)), [2, n, n]), stacks),
  );
  turns.forEach((r, at) => {
    const { whole, matched } = alignedCosines(a![0]!, b![0]!, r, la);
    expect(found[at]![0]!.whole).toBeCloseTo(whole, 12);
    expect(found[at]![0]!.matched).toBeCloseTo(matched, 12);
  });
});

test('embeddings that leave a direction open are refused', () => {
  const flat = matrix(
    rows,
    n,
    embedding.data.map((x, at) => (at % n === 0 ? 0 : x)),
  );
  expect(errorText(() => procrustes(flat, embedding, la))).toBe(
    [
      'NoAlignment: two embeddings leave a direction in which nothing aligns them.',
      '  expected A^T B of full rank; after 100 steps it has no orthogonal factor',
      '  hint: count more top tokens than the model is wide.',
    ].join('\n'),
  );
});

import { frobeniusNorm, type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { pearson, standardise } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { gaugeDraw, gaugePairs } from '../../view-tests/gauge-draw.ts';
import { inputSide, inputStatisticsOf, turnedSide } from '../../view-tests/input-side.ts';
import { drawViews, gaugeViews, replayViews } from '../../view-tests/view-draws.ts';
import { requireSameDraws } from '../../view-tests/view-test.ts';

const random = seededRandom(3, 'views');
const n = 12;
const draw = (): Matrix =>
  matrix(
    n,
    n,
    random.normals(n * n).map((x) => x + 0.3),
  );

test("a gauge draw is Pearson's r of the turned matrix, its mean taken off", () => {
  const [a, m] = [draw(), draw()];
  const o = haarMatrix(n, random);
  const [r] = gaugeDraw(gaugePairs(a, [standardise(m)], la), o);
  expect(r).toBeCloseTo(pearson(la.multiply(o, a), m), 12);
});

test('statistics of the input side by their formulas, at 0 to 1', () => {
  const [a, m] = [draw(), draw()];
  const found = inputStatisticsOf(inputSide(a, 3, la), inputSide(m, 3, la), la);
  const gram = (x: Matrix): Matrix => la.multiply(x, x, { transposeA: true });
  const above = (x: Matrix): Matrix => {
    const entries = [...x.data].filter((_, at) => at % n > Math.floor(at / n));
    return matrix(1, entries.length, Float64Array.from(entries));
  };
  expect(found.grams).toBeCloseTo(pearson(above(gram(a)), above(gram(m))), 12);
  const trace = (x: Matrix): number => x.data.reduce((sum, y, at) => (at % (n + 1) === 0 ? sum + y : sum), 0);
  const kernels = trace(la.multiply(gram(a), gram(m)));
  expect(found.cka).toBeCloseTo(kernels / frobeniusNorm(gram(a)) / frobeniusNorm(gram(m)), 12);
  // A matrix is wholly like its own turned outputs, by each of them.
  const same = inputStatisticsOf(
    inputSide(a, 3, la),
    inputSide(la.multiply(haarMatrix(n, random), a), 3, la),
    la,
  );
  for (const figure of Object.values(same)) expect(figure).toBeCloseTo(1, 9);
});

test('a turned side is that of the turned matrix', () => {
  const [a, m] = [draw(), draw()];
  const o = haarMatrix(n, random);
  const view = inputSide(m, 3, la);
  const short = inputStatisticsOf(turnedSide(inputSide(a, 3, la), o, la), view, la);
  const long = inputStatisticsOf(inputSide(la.multiply(a, o), 3, la), view, la);
  for (const [id, figure] of Object.entries(short)) {
    expect(figure).toBeCloseTo(long[id as keyof typeof long], 10);
  }
});

test('unrelated subspaces share k/n of each other on average', () => {
  const view = inputSide(draw(), 3, la);
  const side = inputSide(draw(), 3, la);
  const overlaps = Array.from(
    { length: 200 },
    () => inputStatisticsOf(turnedSide(side, haarMatrix(n, random), la), view, la).overlap,
  );
  const mean = overlaps.reduce((sum, x) => sum + x, 0) / 200;
  const sd = Math.sqrt(overlaps.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 199);
  expect(Math.abs(mean - 3 / n)).toBeLessThan((4 * sd) / Math.sqrt(200));
});

test('a subspace wider than the matrix, and a matrix of zeros, are refused', () => {
  for (const k of [0, n + 1, Number.NaN]) {
    expect(() => inputSide(draw(), k, la)).toThrow(
      expect.objectContaining({
        name: 'SubspaceTooWide',
        message: 'a subspace has as many directions as the matrix has, at most.',
        details: [`expected 1 to ${n} directions; received ${k}`],
      }),
    );
  }
  expect(() => inputSide(matrix(n, n, new Float64Array(n * n)), 3, la)).toThrow(
    expect.objectContaining({ name: 'ZeroMatrix', message: 'a matrix of zeros has no input side.' }),
  );
});

test("draws stand after what is observed, the first ones the same however many follow; other code's are told", () => {
  const views = Object.fromEntries(gaugeViews.map((id) => [id, draw()])) as Record<
    (typeof gaugeViews)[number],
    Matrix
  >;
  const problem = {
    layers: [0, 1].map((layer) => ({ layer, nHeads: 2, q: draw(), k: draw(), v: draw() })),
    views: [views, { ...views, k2: transpose(views.k2) }],
    subspace: 2,
    run: 'test',
  };
  const drawn = (draws: number) => drawViews(problem, { draws, seed: 1 }, la, () => undefined);
  const [few, many] = [drawn(1), drawn(3)];
  const r = problem.layers.map(({ q }, at) => Math.abs(pearson(q, problem.views[at]!.k2)));
  expect(few.gauge[0]![0]).toBeCloseTo((r[0]! + r[1]!) / 2, 12);
  const plain = (of: readonly Float64Array[]) => of.map((figures) => [...figures]);
  expect(() => requireSameDraws(plain(many.gauge), few.gauge, 'T1')).not.toThrow();
  const long = replayViews(problem, { draws: 2, seed: 1 }, la);
  for (const of of ['gauge', 'input'] as const) {
    long[of].forEach((figures, at) => {
      figures.forEach((figure, place) => {
        expect(many[of][at]![place], `${of} ${at}`).toBeCloseTo(figure, 9);
      });
    });
  }
  const changed = plain(many.gauge);
  changed[4]![1]! += 1e-5;
  expect(() => requireSameDraws(changed, few.gauge, 'T1 of seed 1')).toThrow(
    expect.objectContaining({
      name: 'KeptDiffers',
      message: 'T1 of seed 1, test 4, draw 0, made again, is not what view-draws kept.',
    }),
  );
});

import { identity, type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { weightings } from '../../cooccurrence/weightings.ts';
import { formTerms, inSpace } from '../../forms/form-cosines.ts';
import { drawNull, formNullNames, replayNull } from '../../forms/form-nulls.ts';
import { layerCosines, type Posed } from '../../forms/form-problem.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import type { TokenSpace } from '../../forms/token-space.ts';
import { dense } from './hand-made-forms.ts';
import { fromDense, naiveCosine, toDense } from './naive-forms.ts';

const { problem, counts } = miniatureProblem(la);
const [posed] = problem.posed;
const n = problem.free.roots.length;

const drawn = Object.fromEntries(
  formNullNames.map((name) => [
    name,
    drawNull(name, problem, counts, { draws: 3, seed: 1, run: 'miniature' }, la),
  ]),
);

test('haar: the cosines of forms whose factors are turned', () => {
  const random = seededRandom(1, 'form-haar/miniature/layer-0');
  haarMatrix(n, random);
  const o = haarMatrix(n, random); // of the second draw
  const turned = posed!.map((one): Posed => {
    const by = la.multiply(o, one.space.basis, { transposeB: true });
    const { left, right, ...rest } = one.factors;
    return { ...one, factors: { ...rest, left: la.multiply(left, by), right: la.multiply(right, by) } };
  });
  layerCosines(turned, ({ basis }) => basis, la).forEach((ofTest, place) => {
    ofTest.forEach((cosine, head) => {
      expect(drawn['haar']!.cell(0, place, head)[1]).toBeCloseTo(cosine, 9);
    });
  });
});

/** The first form of the first layer in a space, as a matrix [n, n]: head 0 at distance 2. */
const formAt = (one: Posed): Matrix => {
  const { left, right, angles } = inSpace(one.factors, one.space, one.space.basis, la);
  const [terms] = formTerms({ left, right, angles, layer: 0, nHeads: 2 }, identity(n), [2], la);
  expect(terms).toBeDefined();
  const rows = (a: Matrix): Matrix => matrix(n / 2, n, a.data.slice(0, (n / 2) * n));
  const turned = new Float64Array((n / 2) * n);
  for (let x = 0; x < n / 2; x += 2) {
    const angle = -2 * angles[x / 2]!;
    for (let j = 0; j < n; j += 1) {
      const [p, q] = [right.data[x * n + j]!, right.data[(x + 1) * n + j]!];
      turned[x * n + j] = Math.cos(angle) * p - Math.sin(angle) * q;
      turned[(x + 1) * n + j] = Math.sin(angle) * p + Math.cos(angle) * q;
    }
  }
  return la.multiply(rows(left), matrix(n / 2, n, turned), { transposeA: true });
};

const testAt = (view: string, part: string): number =>
  problem.tests.findIndex(
    (of) =>
      of.form === 'qk' && of.frequency === 'free' && of.delta === 2 && of.view === view && of.part === part,
  );

const partOf = (a: Matrix, part: string): Matrix => {
  if (part === 'whole') return a;
  const sign = part === 'symmetric' ? 1 : -1;
  const other = transpose(a);
  return matrix(
    a.rows,
    a.cols,
    a.data.map((x, at) => (x + sign * other.data[at]!) / 2),
  );
};

const inner = (a: Matrix, b: Matrix): number => a.data.reduce((sum, x, at) => sum + x * b.data[at]!, 0);
const cosine = (a: Matrix, b: Matrix, scale = Math.sqrt(inner(b, b))): number =>
  inner(a, b) / (Math.sqrt(inner(a, a)) * scale);

test('signs: the cosines of D A D', () => {
  const random = seededRandom(1, 'form-signs/miniature/layer-0');
  const signs = Float64Array.from({ length: n }, () => (random.uniform() < 0.5 ? -1 : 1));
  const a = formAt(posed![0]!);
  const flipped = matrix(
    n,
    n,
    a.data.map((x, at) => x * signs[Math.floor(at / n)]! * signs[at % n]!),
  );
  for (const part of ['whole', 'symmetric', 'antisymmetric']) {
    const w = partOf(problem.free.views[0]!.image, part);
    expect(drawn['signs']!.cell(0, testAt('K_2', part), 0)[0]).toBeCloseTo(
      cosine(partOf(flipped, part), w),
      9,
    );
  }
});

test("labels: the cosines with permuted tokens, against the observed view's norm", () => {
  const space: TokenSpace = problem.free;
  const random = seededRandom(1, 'form-labels/miniature');
  const { bins } = problem;
  const order: number[] = [];
  for (let bin = 0; bin <= bins.at(-1)!; bin += 1) {
    order.push(...random.shuffle([...bins.keys()].filter((token) => bins[token] === bin)));
  }
  const m = weightings.log1p(counts.topK3Skip);
  const whole = dense(m);
  const count = bins.length;
  // Token t stands where token order[t]'s carrier is.
  const at = order.map((_, token) => order.indexOf(token));
  const permuted = matrix(
    count,
    count,
    whole.data.map((_, place) => whole.data[at[Math.floor(place / count)]! * count + at[place % count]!]!),
  );
  const u = space.carrier;
  const image = transpose(la.multiply(la.multiply(u, permuted, { transposeA: true }), u));
  const a = formAt(posed![0]!);
  for (const part of ['whole', 'symmetric', 'antisymmetric'] as const) {
    const { norms } = space.views[1]!;
    expect(drawn['labels']!.cell(0, testAt('K_3_skip', part), 0)[0]).toBeCloseTo(
      cosine(partOf(a, part), partOf(image, part), norms[part]),
      9,
    );
  }
});

test('every draw is the same by the long way', () => {
  for (const name of formNullNames) {
    const replayed = replayNull(name, problem, counts, { draws: 2, seed: 1, run: 'miniature' }, la);
    for (const place of problem.tests.keys()) {
      for (const [layer, head] of [
        [0, 0],
        [1, 1],
        [1, 2],
      ] as const) {
        const [long, short] = [replayed, drawn[name]!].map((of) => of.cell(layer, place, head)[1]);
        if (Number.isNaN(short)) expect(long).toBeNaN();
        else expect(long, `${name} ${place}`).toBeCloseTo(short!, 9);
      }
    }
  }
});

test('the attention-weighted view, kept as an image alone, has no label null', () => {
  const place = problem.tests.findIndex(({ view }) => view === 'K_2_attention');
  expect(drawn['labels']!.cell(0, place, 0)[0]).toBeNaN();
  expect(drawn['haar']!.cell(0, place, 0)[0]).not.toBeNaN();
});

test('observed cosines of the miniature are those of dense scores', () => {
  const { carrier } = problem.whole;
  const a = formAt({ ...posed![0]!, space: problem.whole });
  const scores = toDense(la.multiply(la.multiply(carrier, a), carrier, { transposeB: true }));
  const m = toDense(transpose(dense(weightings.log1p(counts.topK2))));
  const w = problem.whole.views[0]!.image;
  expect(cosine(a, w)).toBeCloseTo(
    naiveCosine(scores, toDense(fromDense(toDense(carrier))), m, 'whole').cosine,
    9,
  );
});

/**
 * Null N5: the views' tokens permuted within the fine frequency bins, one permutation for all layers. Each image is held
 * against the observed view's norm: a permuted image is shorter, and its own norm would make an excess out of nothing.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type SeededRandom, seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { rawImage } from '../cooccurrence/model-space.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf, type FormProducts, joinImages } from './form-cosines.ts';
import { type FormProblem, layerCosines } from './form-problem.ts';
import { headForm, observedForms } from './observed-forms.ts';
import type { TokenSpace } from './token-space.ts';

/** Rows of a carrier as they stand when its tokens are permuted within their bins. */
const permutedRows = (carrier: Matrix, order: Int32Array): Matrix => {
  const { cols, data } = carrier;
  const rows = new Float64Array(data.length);
  order.forEach((from, to) => {
    rows.set(data.subarray(from * cols, (from + 1) * cols), to * cols);
  });
  return { ...carrier, data: rows };
};

/** One permutation of tokens within their bins. */
const withinBins = (bins: Int32Array, random: SeededRandom): Int32Array => {
  const order = new Int32Array(bins.length);
  for (let start = 0; start < bins.length; ) {
    let end = start;
    while (end < bins.length && bins[end] === bins[start]) end += 1;
    const members = Array.from({ length: end - start }, (_, at) => start + at);
    order.set(random.shuffle(members), start);
    start = end;
  }
  return order;
};

const ordersOf = ({ bins }: FormProblem, { draws, seed, run }: Draws): readonly Int32Array[] => {
  const random = seededRandom(seed, `form-labels/${run}`);
  return Array.from({ length: draws }, () => withinBins(bins, random));
};

/** The first draws the long way: images of permuted tokens in the place of the observed ones, whose norms stay. */
export const replayedLabels = (
  problem: FormProblem,
  views: readonly SparseMatrix[],
  draws: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const drawn = emptyDraws(problem, draws.draws);
  ordersOf(problem, draws).forEach((order, draw) => {
    const imagesOf = ({ carrier }: TokenSpace): readonly Matrix[] =>
      views.map((view) => transpose(rawImage(view, permutedRows(carrier, order), la)));
    const images = { free: joinImages(imagesOf(problem.free)), whole: joinImages(imagesOf(problem.whole)) };
    problem.posed.forEach((posed, layer) => {
      const permuted = posed.map((one) => ({
        ...one,
        images: images[one.space.id],
        parts: one.parts.filter(({ index }) => index < views.length),
      }));
      drawn.put(
        draw,
        layer,
        layerCosines(permuted, ({ basis }) => basis, la),
      );
    });
  });
  return drawn;
};

/** Draws whose images meet the forms together. */
const drawsAtOnce = 16;

/** Images U^T M U of permuted views, and before each its transpose W, as rows: for each draw and each view [1, images, n^2]. */
const permutedImages = <S>(
  carrier: S,
  views: readonly ((dense: S) => S)[],
  orders: readonly Int32Array[],
  n: number,
  stacks: MatrixStacks<S>,
): S =>
  stacks.join(
    orders.flatMap((order) => {
      const u = stacks.pickRows(carrier, order);
      const narrow = stacks.single(u);
      return views.flatMap((times) => {
        const image = stacks.multiply(narrow, stacks.single(times(u)), { transposeA: true });
        return [stacks.transpose(image), image].map((a) => stacks.reshape(a, [1, 1, n * n]));
      });
    }),
  );

/** Every head's form of every layer of the settings in one space, as rows [forms, n^2]. */
const formRows = (problem: FormProblem, frequency: TokenSpace['id'], la: LinearAlgebra) => {
  const { nHeads } = problem;
  const found = problem.posed.flatMap((posed, layer) =>
    posed
      .filter(({ setting }) => setting.frequency === frequency)
      .flatMap((one) => observedForms(one, la).map((form) => ({ ...form, layer, one }))),
  );
  const n = problem.free.roots.length;
  const rows = new Float64Array(found.length * nHeads * n * n);
  found.forEach(({ left, turned }, place) => {
    for (let head = 0; head < nHeads; head += 1) {
      rows.set(headForm(left, turned, head, nHeads, la).data, (place * nHeads + head) * n * n);
    }
  });
  return { found, rows };
};

/** The attention-weighted view is not kept on tokens, and stays without this null. */
export const labelDraws = (
  problem: FormProblem,
  views: readonly SparseMatrix[],
  given: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const { draws, advance } = given;
  const drawn = emptyDraws(problem, draws);
  const { nHeads } = problem;
  const orders = ordersOf(problem, given);
  const cosines = orders.map(() => problem.posed.map((): ArrayLike<number>[] => []));
  for (const space of [problem.free, problem.whole]) {
    withStacks(la, (stacks) => {
      const { found, rows } = formRows(problem, space.id, la);
      const n = space.roots.length;
      const forms = stacks.step(() => stacks.single(stacks.enter(rows, [1, rows.length / n ** 2, n * n])));
      const carrier = stacks.enter(space.carrier.data, [1, space.carrier.rows, n]);
      const products = views.map((view) => stacks.sparse(view));
      for (let start = 0; start < draws; start += drawsAtOnce) {
        const batch = orders.slice(start, start + drawsAtOnce);
        const met = stacks.step(() => {
          const images = permutedImages(carrier, products, batch, n, stacks);
          return stacks.leave(stacks.multiply(forms, images, { transposeB: true }));
        }); // [forms, images]
        batch.forEach((_, at) => {
          found.forEach(({ norms, layer, one }, place) => {
            const inner: FormProducts = Array.from({ length: 2 * views.length }, (__, image) => {
              const ofHeads = new Float64Array(nHeads + 1);
              for (let head = 0; head < nHeads; head += 1) {
                const row = place * nHeads + head;
                const product = met[(row * batch.length + at) * 2 * views.length + image]!;
                ofHeads[head] = product;
                ofHeads[nHeads]! += product;
              }
              return ofHeads;
            });
            const known = one.parts.filter(({ index }) => index < views.length);
            const none = new Float64Array(nHeads + 1).fill(Number.NaN);
            cosines[start + at]![layer]!.push(
              ...cosinesOf(inner, norms, one.space.views, known),
              ...one.parts.slice(known.length).map(() => none),
            );
          });
          advance?.();
        });
      }
    });
  }
  cosines.forEach((ofDraw, draw) => {
    ofDraw.forEach((ofLayer, layer) => {
      drawn.put(draw, layer, ofLayer);
    });
  });
  return drawn;
};

/**
 * Null N5: the views' tokens permuted within the fine frequency bins, one permutation for all layers. Each image is held
 * against the observed view's norm: a permuted image is shorter, and its own norm would make an excess out of nothing.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { rawImage } from '../cooccurrence/model-space.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf, type FormProducts, joinImages } from './form-cosines.ts';
import { type FormProblem, layerCosines, type Posed } from './form-problem.ts';
import { jointCarrier } from './joint-carrier.ts';
import { labelOrders } from './label-orders.ts';
import { headForm, observedForms } from './observed-forms.ts';
import { imagesOfCores, permutedCores } from './permuted-images.ts';
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

/** The first draws the long way: images of permuted tokens in the place of the observed ones, whose norms stay. */
export const replayedLabels = (
  problem: FormProblem,
  views: readonly SparseMatrix[],
  draws: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const drawn = emptyDraws(problem, draws.draws);
  labelOrders(problem, draws).forEach((order, draw) => {
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

/** A layer's form at one distance in one space, whose heads' forms stand in rows. */
interface Placed extends Pick<ReturnType<typeof observedForms>[number], 'norms'> {
  readonly layer: number;
  readonly one: Posed;
}

/** Every head's form of every layer of the settings in one space, as rows [1, forms heads, n^2]. */
const enterForms = <S>(
  { posed, nHeads }: FormProblem,
  space: TokenSpace,
  stacks: MatrixStacks<S>,
  la: LinearAlgebra,
): { readonly placed: readonly Placed[]; readonly rows: S } => {
  const found = posed.flatMap((ofLayer, layer) =>
    ofLayer
      .filter(({ setting }) => setting.frequency === space.id)
      .flatMap((one) => observedForms(one, la).map((form) => ({ ...form, layer, one }))),
  );
  const rows = found.map(({ left, turned }) => {
    const forms = Array.from({ length: nHeads }, (_, head) => headForm(left, turned, head, nHeads, la).data);
    return stacks.step(() =>
      stacks.single(stacks.enter(joinRows(forms), [1, nHeads, space.roots.length ** 2])),
    );
  });
  return { placed: found, rows: stacks.join(rows) };
};

/** Cosines of one form in one draw [tests][heads + 1], NaN where a view is not kept on tokens. @param product of a head */
const cosinesAt = (
  { norms, one: { space, parts } }: Placed,
  views: number,
  nHeads: number,
  product: (image: number, head: number) => number,
): readonly ArrayLike<number>[] => {
  const products: FormProducts = Array.from({ length: 2 * views }, (_, image) => {
    const ofHeads = new Float64Array(nHeads + 1);
    for (let head = 0; head < nHeads; head += 1) {
      ofHeads[head] = product(image, head);
      ofHeads[nHeads]! += ofHeads[head]!;
    }
    return ofHeads;
  });
  const known = parts.filter(({ index }) => index < views);
  const none = new Float64Array(nHeads + 1).fill(Number.NaN);
  return [...cosinesOf(products, norms, space.views, known), ...parts.slice(known.length).map(() => none)];
};

/** The attention-weighted view is not kept on tokens, and stays without this null. */
export const labelDraws = (
  problem: FormProblem,
  views: readonly SparseMatrix[],
  given: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  const { draws, advance } = given;
  const { nHeads, posed } = problem;
  const drawn = emptyDraws(problem, draws);
  const orders = labelOrders(problem, given);
  const joint = jointCarrier(problem, la);
  const images = 2 * views.length; // of a draw
  withStacks(la, (stacks) => {
    const spaces = [problem.free, problem.whole].map((space) => {
      const t = joint.coordinates(space);
      const entered = stacks.step(() => stacks.single(stacks.enter(t.data, [1, t.rows, t.cols])));
      return { n: t.cols, t: entered, ...enterForms(problem, space, stacks, la) };
    });
    const coresOf = permutedCores(joint.carrier, views, stacks);
    for (let start = 0; start < draws; start += drawsAtOnce) {
      const batch = orders.slice(start, start + drawsAtOnce);
      const met = stacks.step(() => {
        const cores = coresOf(batch);
        return spaces.map(({ n, t, rows }) =>
          stacks.leave(stacks.multiply(rows, imagesOfCores(cores, t, n, stacks), { transposeB: true })),
        );
      }); // [forms heads, draws images] of each space
      batch.forEach((_, at) => {
        const cosines = posed.map((): ArrayLike<number>[] => []);
        spaces.forEach(({ placed }, space) => {
          placed.forEach((form, place) => {
            const product = (image: number, head: number): number =>
              met[space]![((place * nHeads + head) * batch.length + at) * images + image]!;
            cosines[form.layer]!.push(...cosinesAt(form, views.length, nHeads, product));
          });
        });
        cosines.forEach((ofLayer, layer) => {
          drawn.put(start + at, layer, ofLayer);
        });
        advance?.();
      });
    }
  });
  return drawn;
};

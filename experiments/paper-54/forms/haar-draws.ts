/**
 * Null N4: the stream turned under a layer's forms by one Haar matrix O, so that B keeps its spectrum and rho. Images are
 * turned in its place: <A, W> = <B, O W' O^T>, W' = diag(roots) W diag(roots), which serves every form, head and distance.
 * Products are in single precision: what it takes from a cosine, 1e-7, is nothing beside a null's width.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type NormalStream, normalStream } from 'reproducible-paper/numerics/normal-stream';
import { haarMatrix, haarStack } from '../controls/haar-matrix.ts';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf, type FormProducts } from './form-cosines.ts';
import { turnPlanes } from './form-factors.ts';
import { type FormProblem, layerCosines, type Posed } from './form-problem.ts';
import { headForm } from './observed-forms.ts';
import { stackNorms } from './stack-norms.ts';
import type { TokenSpace } from './token-space.ts';

const haarStream = ({ seed, run }: Draws, layer: number): NormalStream =>
  normalStream(seed, `form-haar/${run}/layer-${layer}`);

/** The first draws the long way: factors in a turned basis, one draw and one form after the other. */
export const replayedHaar = (problem: FormProblem, draws: Draws, la: LinearAlgebra): DrawnCosines => {
  const drawn = emptyDraws(problem, draws.draws);
  problem.posed.forEach((posed, layer) => {
    const random = haarStream(draws, layer);
    for (let draw = 0; draw < draws.draws; draw += 1) {
      const o = haarMatrix(problem.free.roots.length, random);
      drawn.put(
        draw,
        layer,
        layerCosines(posed, () => o, la),
      );
    }
  });
  return drawn;
};

/** Draws that are made together. */
const drawsAtOnce = 8;

const scaledImage = (image: Matrix, { roots }: TokenSpace): Float64Array =>
  image.data.map((x, at) => x * roots[at % image.cols]! * roots[Math.floor(at / image.cols)]!);

/** Each head's form at each distance, and all their transposes [2 distances heads, n^2]. */
const formRows = ({ setting, factors: { left, right, angles, nHeads } }: Posed, la: LinearAlgebra) => {
  const forms = setting.deltas.flatMap((delta) => {
    const turned = turnPlanes(right, angles, delta);
    return Array.from({ length: nHeads }, (_, head) => headForm(left, turned, head, nHeads, la));
  });
  return joinRows([...forms, ...forms.map(transpose)].map(({ data }) => data));
};

/** Makes what was made for the same thing once. */
const once = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new Map<K, V>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
};

/** A layer's settings with what no draw changes, entered. */
const readyLayer = <S>(posed: readonly Posed[], stacks: MatrixStacks<S>, la: LinearAlgebra) => {
  const enter = (data: Float64Array, shape: readonly number[]): S =>
    stacks.step(() => stacks.single(stacks.enter(data, shape)));
  // Attention's factors serve two spaces, and a space's images two forms.
  const factor = once(({ rows, cols, data }: Matrix) => enter(data, [1, rows, cols]));
  const images = once((space: TokenSpace) => {
    const scaled = space.views.map(({ image }) => scaledImage(image, space));
    return enter(joinRows(scaled), [1, scaled.length, space.roots.length, space.roots.length]);
  });
  return posed.map((one) => {
    const { setting, factors, space } = one;
    const n = space.roots.length;
    return {
      one,
      forms: enter(formRows(one, la), [1, 2 * setting.deltas.length * factors.nHeads, n * n]),
      roots: enter(space.roots, [1, 1, n]),
      images: images(space),
      left: factor(factors.left),
      right: factor(factors.right),
    };
  });
};

/** Products of one draw at one distance, of the images and of their transposes: [2 views][heads + 1]. */
const productsAt = (
  met: Float64Array,
  { views, nHeads, distances, draws }: Readonly<Record<'views' | 'nHeads' | 'distances' | 'draws', number>>,
  draw: number,
  at: number,
): FormProducts =>
  Array.from({ length: 2 * views }, (_, place) => {
    const products = new Float64Array(nHeads + 1);
    for (let head = 0; head < nHeads; head += 1) {
      const row = ((place % 2) * distances + at) * nHeads + head;
      const product = met[(row * draws + draw) * views + Math.floor(place / 2)]!;
      products[head] = product;
      products[nHeads]! += product;
    }
    return products;
  });

/** Cosines of a few draws of one layer: [draw][tests][heads + 1] */
const turnedCosines = <S>(
  ready: ReturnType<typeof readyLayer<S>>,
  turns: S,
  draws: number,
  stacks: MatrixStacks<S>,
): readonly (readonly Float64Array[])[] => {
  const n = ready[0]!.one.space.roots.length;
  const o = stacks.single(turns); // [draws, n, n]
  const each = stacks.reshape(o, [draws, 1, n, n]);
  const turnedFactor = once((factor: S) => stacks.multiply(factor, o));
  const turnedImages = once((images: S) =>
    stacks.multiply(stacks.multiply(each, images), each, { transposeB: true }),
  ); // [draws, views, n, n]
  const found = ready.map(
    ({ one: { setting, factors, space, parts }, forms, roots, images, left, right }) => {
      const { nHeads } = factors;
      const [views, distances] = [space.views.length, setting.deltas.length];
      const turned = stacks.reshape(turnedImages(images), [1, draws * views, n * n]);
      const met = stacks.leave(stacks.multiply(forms, turned, { transposeB: true }));
      const [l, r] = [left, right].map((factor) => stacks.scaleColumns(turnedFactor(factor), roots)) as [
        S,
        S,
      ];
      const norms = stackNorms(l, r, factors, setting.deltas, draws, stacks);
      return Array.from({ length: draws }, (_, draw) =>
        norms[draw]!.flatMap((ofDistance, at) =>
          cosinesOf(
            productsAt(met, { views, nHeads, distances, draws }, draw, at),
            ofDistance,
            space.views,
            parts,
          ),
        ),
      );
    },
  );
  return Array.from({ length: draws }, (_, draw) => found.flatMap((ofSetting) => ofSetting[draw]!));
};

export const haarDraws = (problem: FormProblem, given: Draws, la: LinearAlgebra): DrawnCosines => {
  const { draws, advance } = given;
  const drawn = emptyDraws(problem, draws);
  const n = problem.free.roots.length;
  problem.posed.forEach((posed, layer) => {
    const random = haarStream(given, layer);
    withStacks(la, (stacks) => {
      const ready = readyLayer(posed, stacks, la);
      for (let start = 0; start < draws; start += drawsAtOnce) {
        const count = Math.min(drawsAtOnce, draws - start);
        stacks
          .step(() => turnedCosines(ready, haarStack(n, count, random, stacks), count, stacks))
          .forEach((cosines, at) => {
            drawn.put(start + at, layer, cosines);
            advance?.();
          });
      }
    });
  });
  return drawn;
};

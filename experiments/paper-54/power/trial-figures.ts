/** What every test says of one run in which a view is planted, and of the same run with its stream turned once more. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { cosinesOf, formTerms, inSpace, joinImages, type ViewPart } from '../forms/form-cosines.ts';
import type { FormFactors } from '../forms/form-factors.ts';
import { poolHeads } from '../forms/pool-heads.ts';
import type { TokenSpace, View } from '../forms/token-space.ts';
import { type InputSide, inputSide, inputStatisticsOf, turnedSide } from '../view-tests/input-side.ts';
import { blend, type PlantedLayer, plantedLayer, turnedForm } from './planted-layer.ts';

/**
 * T1's tests have a law for their null. `t1-direct` is T1 in its own terms, the view's image planted in Q itself, and
 * `t1-hidden` the same with the outputs of Q turned, which changes nothing that Q, K compute.
 */
export const lawTests = ['t1-q', 't1-k', 't1-direct', 't1-hidden'] as const;

/** Tests whose null is the run turned once more, by what is planted: whole, or free of frequency. */
export const turnedTests = {
  whole: ['t6-whole', 'grams', 'cka', 'procrustes', 'overlap'],
  free: ['t6-free', 't6-free-mean', 't6-free-rms'],
} as const;

export type SpaceId = TokenSpace['id'];

export const testsOf = (space: SpaceId): readonly string[] =>
  space === 'whole' ? [...lawTests, ...turnedTests.whole] : turnedTests.free;

export interface PowerProblem {
  readonly factors: readonly FormFactors[];
  readonly space: TokenSpace;
  /** T1's image of the planted view [n, n]; row: the earlier token */
  readonly image: Matrix;
  /** Directions of T5's subspaces. */
  readonly subspace: number;
  readonly run: string;
}

/** By test; a test of the law has no figure when turned: NaN. */
interface Figures {
  readonly observed: readonly number[];
  readonly turned: readonly number[];
}

export const planted: ViewPart = { view: 'K_2', part: 'whole', index: 0, isTransposed: false };

/** What no trial changes. */
interface Ready extends PowerProblem {
  readonly view: View;
  /** The view's image, whole and transposed. */
  readonly images: Matrix;
  readonly imageSide: InputSide;
}

/** Cosines with the planted view of each head and last of their sum [heads + 1]. */
export const formCosines = (
  { q, k }: PlantedLayer,
  of: FormFactors,
  { space, view, images }: Pick<Ready, 'space' | 'view' | 'images'>,
  turn: Matrix,
  la: LinearAlgebra,
): Float64Array => {
  const factors = { ...of, left: q, right: k };
  const [terms] = formTerms(inSpace(factors, space, turn, la), images, [0], la);
  return cosinesOf(terms!.products, terms!.norms, [view], [planted])[0]!;
};

/** What is drawn for one layer, the same at every strength. */
interface Turns {
  /** Turned scores of the real layer on tokens. */
  readonly background: Matrix;
  /** Its Q, turned alike. */
  readonly query: Matrix;
  readonly gauge: Matrix;
  readonly again: Matrix;
}

/** By test, of one layer; T6 of heads is pooled by the caller. */
const wholeFigures = (
  layer: PlantedLayer,
  of: FormFactors,
  problem: Ready,
  alpha: number,
  { query, gauge, again }: Turns,
  la: LinearAlgebra,
): Figures => {
  const { image, imageSide, space, subspace } = problem;
  const direct = blend(image, query, alpha);
  const side = inputSide(layer.q, subspace, la);
  const inputs = (a: InputSide): readonly number[] => {
    const { grams, cka, procrustes, overlap } = inputStatisticsOf(a, imageSide, la);
    return [grams, cka, procrustes, overlap];
  };
  return {
    observed: [
      Math.abs(pearson(layer.q, image)),
      Math.abs(pearson(layer.k, image)),
      Math.abs(pearson(direct, image)),
      Math.abs(pearson(la.multiply(gauge, direct), image)),
      formCosines(layer, of, problem, space.basis, la).at(-1)!,
      ...inputs(side),
    ],
    turned: [
      ...lawTests.map(() => Number.NaN),
      formCosines(layer, of, problem, again, la).at(-1)!,
      ...inputs(turnedSide(side, again, la)),
    ],
  };
};

const meanOver = (layers: readonly (readonly number[])[]): readonly number[] =>
  layers[0]!.map((_, at) => layers.reduce((sum, of) => sum + of[at]!, 0) / layers.length);

/** Sum over heads, and mean and root mean square over single heads. */
const freeFigures = (cosines: readonly Float64Array[]): readonly number[] => {
  const nHeads = cosines[0]!.length - 1;
  return [
    cosines.reduce((sum, of) => sum + of[nHeads]!, 0) / cosines.length,
    ...poolHeads(cosines.length, nHeads, (layer, head) => cosines[layer]![head]!),
  ];
};

/** One run at every strength: [strength]. */
export const trialFigures = (
  problem: PowerProblem,
  strengths: readonly number[],
  trial: number,
  seed: number,
  la: LinearAlgebra,
): readonly Figures[] => {
  const { factors, space, image, subspace, run } = problem;
  const view = space.views.find(({ id }) => id === planted.view)!;
  const ready: Ready = {
    ...problem,
    view,
    images: joinImages([view.image]),
    imageSide: inputSide(image, subspace, la),
  };
  const turns = factors.map((of): Turns => {
    const random = seededRandom(seed, `power/${run}/${space.id}/trial-${trial}/layer-${of.layer}`);
    const [turn, gauge, again] = [0, 1, 2].map(() => haarMatrix(space.roots.length, random));
    return {
      background: turnedForm(of, space, turn!, la),
      query: la.multiply(of.left, turn!),
      gauge: gauge!,
      again: again!,
    };
  });
  return strengths.map((alpha) => {
    const layers = turns.map(({ background, gauge }) =>
      plantedLayer(background, space, view.image, alpha, gauge, la),
    );
    if (space.id === 'free') {
      const cosines = (turn: (at: number) => Matrix): Float64Array[] =>
        layers.map((layer, at) => formCosines(layer, factors[at]!, ready, turn(at), la));
      return {
        observed: freeFigures(cosines(() => space.basis)),
        turned: freeFigures(cosines((at) => turns[at]!.again)),
      };
    }
    const found = layers.map((layer, at) => wholeFigures(layer, factors[at]!, ready, alpha, turns[at]!, la));
    return {
      observed: meanOver(found.map(({ observed }) => observed)),
      turned: meanOver(found.map(({ turned }) => turned)),
    };
  });
};

/** What every test says of one run in which a view is planted, and of the same run with its stream turned once more. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { cosinesOf, formTerms, inSpace, joinImages } from '../forms/form-cosines.ts';
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
  /** Of the forms that a view is planted in. */
  readonly factors: readonly FormFactors[];
  readonly space: TokenSpace;
  /** What is planted. */
  readonly view: View;
  /** T1's image of it, for the tests of the whole space [n, n]; row: the earlier token */
  readonly image: Matrix;
  /** Directions of T5's subspaces. */
  readonly subspace: number;
  readonly run: string;
}

/** By test; a test of the law has no figure when turned: NaN. */
export interface Figures {
  readonly observed: readonly number[];
  readonly turned: readonly number[];
}

/** What no trial changes. */
interface Ready extends PowerProblem {
  /** The view's image, whole and transposed. */
  readonly images: Matrix;
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
  const whole = { view: view.id, part: 'whole', index: 0, isTransposed: false } as const;
  return cosinesOf(terms!.products, terms!.norms, [view], [whole])[0]!;
};

/** What is drawn for one layer [n, n] each: of its stream, of heads' dimensions, and of the stream once more. */
interface Turns {
  readonly turn: Matrix;
  readonly gauge: Matrix;
  readonly again: Matrix;
}

/**
 * One trial's turns by layer: the same at every strength, and whatever is planted in a space, so that what differs between
 * sets of trials is what was planted.
 */
export const trialTurns = (
  { factors, space, run }: Pick<PowerProblem, 'factors' | 'space' | 'run'>,
  trial: number,
  seed: number,
): readonly Turns[] =>
  factors.map(({ layer }) => {
    const random = seededRandom(seed, `power/${run}/${space.id}/trial-${trial}/layer-${layer}`);
    const [turn, gauge, again] = [0, 1, 2].map(() => haarMatrix(space.roots.length, random));
    return { turn: turn!, gauge: gauge!, again: again! };
  });

/** By test, of one layer; T6 of heads is pooled by the caller. */
const wholeFigures = (
  layer: PlantedLayer,
  of: FormFactors,
  problem: Ready,
  imageSide: InputSide,
  alpha: number,
  { turn, gauge, again }: Turns,
  la: LinearAlgebra,
): Figures => {
  const { image, space, subspace } = problem;
  const direct = blend(image, la.multiply(of.left, turn), alpha);
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
  turns: readonly Turns[],
  la: LinearAlgebra,
): readonly Figures[] => {
  const { factors, space, view, image, subspace } = problem;
  const ready: Ready = { ...problem, images: joinImages([view.image]) };
  const backgrounds = turns.map(({ turn }, at) => turnedForm(factors[at]!, space, turn, la));
  const planted = (alpha: number): readonly PlantedLayer[] =>
    turns.map(({ gauge }, at) => plantedLayer(backgrounds[at]!, space, view.image, alpha, gauge, la));
  if (space.id === 'free') {
    return strengths.map((alpha) => {
      const layers = planted(alpha);
      const cosines = (turn: (at: number) => Matrix): Float64Array[] =>
        layers.map((layer, at) => formCosines(layer, factors[at]!, ready, turn(at), la));
      return {
        observed: freeFigures(cosines(() => space.basis)),
        turned: freeFigures(cosines((at) => turns[at]!.again)),
      };
    });
  }
  const imageSide = inputSide(image, subspace, la);
  return strengths.map((alpha) => {
    const found = planted(alpha).map((layer, at) =>
      wholeFigures(layer, factors[at]!, ready, imageSide, alpha, turns[at]!, la),
    );
    return {
      observed: meanOver(found.map(({ observed }) => observed)),
      turned: meanOver(found.map(({ turned }) => turned)),
    };
  });
};

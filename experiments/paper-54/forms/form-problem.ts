/** Everything that T6 asks of one seed: forms, distances, spaces and views, and where each answer stands. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { weightings } from '../cooccurrence/weightings.ts';
import { cosinesOf, formTerms, inSpace, joinImages, type ViewPart, viewParts } from './form-cosines.ts';
import type { FormFactors, LayerForms } from './form-factors.ts';
import { type BinRule, frequencyBasis, frequencyBins } from './frequency-basis.ts';
import { type TokenSpace, tokenSpace, viewFromImage } from './token-space.ts';

/** One of a head's two forms in one of the two spaces, at some distances. */
export interface Setting {
  readonly form: 'qk' | 'ov';
  readonly frequency: TokenSpace['id'];
  readonly deltas: readonly number[];
}

/** What one cosine is of. */
export interface FormTest {
  readonly form: Setting['form'];
  readonly frequency: Setting['frequency'];
  readonly delta: number;
  readonly view: string;
  readonly part: ViewPart['part'];
}

/** The whole form, a test of one direction, is read at distance 0 alone. */
export const settingsOf = (deltas: readonly number[]): readonly Setting[] => [
  { form: 'qk', frequency: 'free', deltas },
  { form: 'ov', frequency: 'free', deltas: [0] },
  { form: 'qk', frequency: 'whole', deltas: [0] },
];

const freeViews = [{ id: 'K_2' }, { id: 'K_3_skip' }];
/** Attention-weighted pairs are kept as images of the whole embedding, from which frequency cannot be taken out. */
const attentionView = 'K_2_attention';
const wholeViews = [...freeViews, { id: attentionView }];

/** Views of a setting and the parts of them that are tested. */
const partsIn = ({ frequency }: Setting): readonly ViewPart[] =>
  viewParts(frequency === 'free' ? freeViews : wholeViews);

/** Every test in the order in which cosines stand. */
export const formTestsOf = (deltas: readonly number[]): readonly FormTest[] =>
  settingsOf(deltas).flatMap((setting) =>
    setting.deltas.flatMap((delta) =>
      partsIn(setting).map(({ view, part }) => ({
        form: setting.form,
        frequency: setting.frequency,
        delta,
        view,
        part,
      })),
    ),
  );

/** Where a test at distance 0 and free of frequency stands. */
export const freeTestPlace = (
  tests: readonly FormTest[],
  wanted: Pick<FormTest, 'form' | 'view' | 'part'>,
): number =>
  tests.findIndex(
    ({ form, view, part, frequency, delta }) =>
      frequency === 'free' &&
      delta === 0 &&
      form === wanted.form &&
      view === wanted.view &&
      part === wanted.part,
  );

/** A setting in one layer, ready to be computed. */
export interface Posed {
  readonly setting: Setting;
  readonly factors: FormFactors;
  readonly space: TokenSpace;
  /** W and W^T of the views side by side. */
  readonly images: Matrix;
  readonly parts: readonly ViewPart[];
}

export interface FormProblem {
  readonly nHeads: number;
  readonly tests: readonly FormTest[];
  /** Frequency bin of each token [tokens]. */
  readonly bins: Int32Array;
  /** Functions of frequency, orthonormal [tokens, functions]. */
  readonly functions: Matrix;
  readonly free: TokenSpace;
  readonly whole: TokenSpace;
  /** By layer, in the order of `settingsOf`. */
  readonly posed: readonly (readonly Posed[])[];
}

/** Of the top tokens, by frequency. */
interface TokenPairs {
  readonly topK2: SparseMatrix;
  readonly topK3Skip: SparseMatrix;
  /** Descending [tokens] */
  readonly frequencies: Float64Array;
}

/** What a run gives to look through. */
interface RunViews {
  /** Centred [tokens, n] */
  readonly embedding: Matrix;
  /** A layer's attention-weighted K_2, whitened by the whole embedding [n, n]; row: the earlier token */
  readonly attended: (layer: number) => Matrix;
}

/** @param layers by depth */
export const formProblem = (
  { topK2, topK3Skip, frequencies }: TokenPairs,
  { embedding, attended }: RunViews,
  layers: readonly LayerForms[],
  deltas: readonly number[],
  binRule: BinRule,
  la: LinearAlgebra,
): FormProblem => {
  const bins = frequencyBins(frequencies, binRule);
  const functions = frequencyBasis(frequencies, bins);
  const onTokens = { K_2: weightings.log1p(topK2), K_3_skip: weightings.log1p(topK3Skip) };
  const free = tokenSpace(embedding, onTokens, functions, la);
  const whole = tokenSpace(embedding, onTokens, null, la);
  const freeImages = joinImages(free.views.map(({ image }) => image));
  const posed = layers.map((forms) => {
    const withAttention = {
      ...whole,
      views: [...whole.views, viewFromImage(attentionView, attended(forms.layer), whole, la)],
    };
    const wholeImages = joinImages(withAttention.views.map(({ image }) => image));
    return settingsOf(deltas).map((setting): Posed => {
      const isFree = setting.frequency === 'free';
      return {
        setting,
        factors: forms[setting.form],
        space: isFree ? free : withAttention,
        images: isFree ? freeImages : wholeImages,
        parts: partsIn(setting),
      };
    });
  });
  return {
    nHeads: layers[0]!.qk.nHeads,
    tests: formTestsOf(deltas),
    bins,
    functions,
    free,
    whole,
    posed,
  };
};

/**
 * Cosines of one layer's forms.
 *
 * @param turnOf a space's V for the forms themselves, and for a null what stands in its place [n, n]
 * @returns [tests][heads + 1], the sum over heads last
 */
export const layerCosines = (
  posed: readonly Posed[],
  turnOf: (space: TokenSpace) => Matrix,
  la: LinearAlgebra,
): readonly Float64Array[] =>
  posed.flatMap(({ setting, factors, space, images, parts }) =>
    formTerms(inSpace(factors, space, turnOf(space), la), images, setting.deltas, la).flatMap(
      ({ products, norms }) => cosinesOf(products, norms, space.views, parts),
    ),
  );

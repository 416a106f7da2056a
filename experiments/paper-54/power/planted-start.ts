/**
 * A training's start in which a view is planted at a strength, alpha: in every layer the scores of the form on tokens, free
 * of frequency, are alpha times what the start's own embedding can carry of the view's transpose, plus sqrt(1 - alpha^2)
 * times those of the form that was drawn. Q and K are as strong as those that they replace, in a Haar gauge; with none
 * planted only the gauge is new. And what T6 finds in such a model, whatever it has been trained to since.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { frobeniusNorm, type Matrix } from 'reproducible-paper/numerics/matrix';
import { matrixOf, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { centredEmbedding } from '../cooccurrence/model-space.ts';
import type { Counts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import type { Draws } from '../forms/drawn-cosines.ts';
import { joinImages } from '../forms/form-cosines.ts';
import { type FormFactors, layerFormsOf } from '../forms/form-factors.ts';
import { observedCosines } from '../forms/form-nulls.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import { type BinRule, frequencyBasis, frequencyBins } from '../forms/frequency-basis.ts';
import { haarDraws } from '../forms/haar-draws.ts';
import { statistics, summariseDraws } from '../forms/null-summary.ts';
import { tokenSpace } from '../forms/token-space.ts';
import type { ModelShape } from '../model/model-shape.ts';
import { initMetadata, type Parameters, parameterTensors, randomParameters } from '../model/parameters.ts';
import { plantedLayer, turnedForm } from './planted-layer.ts';
import { firstPlanting } from './planting.ts';

/** What is planted, and looked for. */
const { view: viewId } = firstPlanting;

/** What no trial changes. */
export interface StartProblem {
  readonly shape: ModelShape;
  readonly vocabSize: number;
  /** Tokens by frequency, descending [tokens] */
  readonly top: Int32Array;
  /** [tokens] */
  readonly frequencies: Float64Array;
  /** Of the view, on tokens. */
  readonly onTokens: SparseMatrix;
  /** Frequency bin of each token [tokens]. */
  readonly bins: Int32Array;
  /** Functions of frequency, orthonormal [tokens, functions]. */
  readonly functions: Matrix;
}

export const startProblem = (
  { top, unigram, topK2 }: Pick<Counts, 'top' | 'unigram' | 'topK2'>,
  { shape, vocabSize }: Pick<StartProblem, 'shape' | 'vocabSize'>,
  rule: BinRule,
): StartProblem => {
  const frequencies = Float64Array.from(top, (id) => unigram[id]!);
  const bins = frequencyBins(frequencies, rule);
  return {
    shape,
    vocabSize,
    top,
    frequencies,
    onTokens: weightings.log1p(topK2),
    bins,
    functions: frequencyBasis(frequencies, bins),
  };
};

/** A model's parameters as a file would give them. */
const asFile = ({ shape, vocabSize }: StartProblem, parameters: Parameters): Safetensors => ({
  path: 'a model from a planted start',
  tensors: new Map(Object.entries(parameterTensors(shape, vocabSize, parameters))),
  metadata: initMetadata('planted-start', shape, vocabSize, 0),
});

/** Forms that heads compare by, and the view in the space of the model's own embedding. */
const posedOf = (problem: StartProblem, parameters: Parameters, la: LinearAlgebra) => {
  const { top, frequencies, onTokens, functions } = problem;
  const file = asFile(problem, parameters);
  const embedding = centredEmbedding(matrixOf(file, 'wte.weight'), top, frequencies);
  const space = tokenSpace(embedding, { [viewId]: onTokens }, functions, la);
  const view = space.views[0]!;
  return {
    space,
    view,
    images: joinImages([view.image]),
    forms: layerFormsOf(file).map(({ qk }): FormFactors => qk),
  };
};

/** The same draw at every strength. */
export const plantedStart = (
  problem: StartProblem,
  seed: number,
  alpha: number,
  la: LinearAlgebra,
): Parameters => {
  const { shape, vocabSize } = problem;
  const parameters = randomParameters(shape, vocabSize, seed, 'planted-start');
  const { space, view, forms } = posedOf(problem, parameters, la);
  const n = shape.dModel;
  forms.forEach((form, layer) => {
    const gauge = haarMatrix(n, seededRandom(seed, `planted-start/gauge/layer-${layer}`));
    const own = turnedForm(form, space, space.basis, la);
    const planted = plantedLayer(own, space, view.image, alpha, gauge, la);
    const joined = parameters.get(`blocks.${layer}.attn.c_attn.weight`)!; // [3n, n]
    [planted.q, planted.k].forEach((made, place) => {
      const replaced = [form.left, form.right][place]!;
      const factor = frobeniusNorm(replaced) / frobeniusNorm(made);
      joined.set(
        made.data.map((x) => x * factor),
        place * n * n,
      );
    });
  });
  return parameters;
};

/** By statistic: the observed one, then each draw's, the turns of which are the seed's, whatever was planted or trained. */
export const startStatistics = (
  problem: StartProblem,
  parameters: Parameters,
  { seed, draws }: Pick<Draws, 'seed' | 'draws'>,
  la: LinearAlgebra,
): readonly Float64Array[] => {
  const { forms, space, images } = posedOf(problem, parameters, la);
  const setting = { form: 'qk', frequency: 'free', deltas: [0] } as const;
  const part = { view: viewId, part: 'whole', index: 0, isTransposed: false } as const;
  const asked: FormProblem = {
    nHeads: problem.shape.nHeads,
    tests: [{ ...setting, ...part, delta: 0 }],
    bins: problem.bins,
    functions: problem.functions,
    free: space,
    // Nothing is asked with frequency left in.
    whole: space,
    posed: forms.map((factors) => [{ setting, factors, space, images, parts: [part] }]),
  };
  const observed = observedCosines(asked, la);
  const drawn = haarDraws(asked, { draws, seed, run: 'planted-start' }, la);
  const { pooled } = summariseDraws(observed, drawn);
  return statistics.map((_, at) => pooled.subarray(at * (1 + draws), (at + 1) * (1 + draws)));
};

/**
 * The spaces of tokens in which T6 is asked of one seed, with the views' images in them: what takes most of the time of posing
 * it, made once for all stages that ask.
 */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import {
  float64Of,
  int32Of,
  matrixOf,
  matrixTensor,
  readSafetensors,
  type Safetensors,
  type Tensor,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { embeddingOf } from '../cooccurrence/embedding-of.ts';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { joinImages, viewParts } from './form-cosines.ts';
import { type LayerForms, layerFormsOf } from './form-factors.ts';
import { formParams } from './form-nulls.ts';
import { type FormProblem, formProblem, formTestsOf, type Posed, settingsOf } from './form-problem.ts';
import type { Parts, TokenSpace, View } from './token-space.ts';

type Tensors = Readonly<Record<string, Tensor>>;

const partNames = ['whole', 'symmetric', 'antisymmetric'] as const satisfies readonly (keyof Parts)[];

const partsTensor = (parts: Parts): Tensor =>
  vectorTensor(
    'F64',
    Float64Array.from(partNames, (part) => parts[part]),
  );

const partsOf = (file: Safetensors, name: string): Parts => {
  const [whole, symmetric, antisymmetric] = float64Of(file, name);
  return { whole: whole!, symmetric: symmetric!, antisymmetric: antisymmetric! };
};

const viewTensors = (name: string, { image, norms, carried }: View): Tensors => ({
  [`${name}.image`]: matrixTensor(image),
  [`${name}.norms`]: partsTensor(norms),
  ...(carried ? { [`${name}.carried`]: partsTensor(carried) } : {}),
});

const viewOf = (file: Safetensors, name: string, id: string): View => ({
  id,
  image: matrixOf(file, `${name}.image`),
  norms: partsOf(file, `${name}.norms`),
  carried: file.tensors.has(`${name}.carried`) ? partsOf(file, `${name}.carried`) : null,
});

/** Ids of views, as a file's metadata holds them. */
const listed = (views: readonly View[]): string => views.map(({ id }) => id).join(' ');

const spaceTensors = ({ id, roots, basis, carrier, views }: TokenSpace): Tensors =>
  Object.assign(
    {
      [`${id}.roots`]: vectorTensor('F64', roots),
      [`${id}.basis`]: matrixTensor(basis),
      [`${id}.carrier`]: matrixTensor(carrier),
    },
    ...views.map((view) => viewTensors(`${id}.${view.id}`, view)),
  );

const spaceOf = (file: Safetensors, id: TokenSpace['id']): TokenSpace => ({
  id,
  roots: float64Of(file, `${id}.roots`),
  basis: matrixOf(file, `${id}.basis`),
  carrier: matrixOf(file, `${id}.carrier`),
  views: file.metadata[id]!.split(' ').map((view) => viewOf(file, `${id}.${view}`, view)),
});

/** Views of one layer alone, which stand behind those of all. */
const viewsOfLayer = ({ posed, whole }: FormProblem, layer: number): readonly View[] =>
  posed[layer]!.find(({ space }) => space.id === 'whole')!.space.views.slice(whole.views.length);

/** @param run names the streams of its draws */
export const writeFormSpaces = (path: string, problem: FormProblem, run: string): void => {
  const { bins, functions, free, whole, posed } = problem;
  const ofLayers = posed.map((_, layer) => viewsOfLayer(problem, layer));
  writeSafetensors(
    path,
    Object.assign(
      {
        bins: vectorTensor('I32', bins),
        functions: matrixTensor(functions),
        ...spaceTensors(free),
        ...spaceTensors(whole),
      },
      ...ofLayers.flatMap((views, layer) => views.map((view) => viewTensors(`${layer}.${view.id}`, view))),
    ),
    { run, free: listed(free.views), whole: listed(whole.views), layer: listed(ofLayers[0]!) },
  );
};

/** The same as `formProblem` poses it, of these forms. */
export const poseInSpaces = (
  file: Safetensors,
  layers: readonly LayerForms[],
  deltas: readonly number[],
): FormProblem => {
  const [free, whole] = [spaceOf(file, 'free'), spaceOf(file, 'whole')];
  const ready = (space: TokenSpace): Pick<Posed, 'space' | 'images' | 'parts'> => ({
    space,
    images: joinImages(space.views.map(({ image }) => image)),
    parts: viewParts(space.views),
  });
  const inFree = ready(free);
  return {
    nHeads: layers[0]!.qk.nHeads,
    tests: formTestsOf(deltas),
    bins: int32Of(file, 'bins'),
    functions: matrixOf(file, 'functions'),
    free,
    whole,
    posed: layers.map((forms) => {
      const own = file.metadata['layer']!.split(' ').map((id) => viewOf(file, `${forms.layer}.${id}`, id));
      const inWhole = ready({ ...whole, views: [...whole.views, ...own] });
      return settingsOf(deltas).map(
        (setting): Posed => ({
          setting,
          factors: forms[setting.form],
          ...(setting.frequency === 'free' ? inFree : inWhole),
        }),
      );
    }),
  };
};

/** What the stages that ask T6 again read of a seed. */
export const spaceInputs = { spaces: ['spaces'], weights: ['weights'] } as const;

/** @returns with the name of the run whose draws stand beside it */
export const openFormSpaces = (
  inputs: { readonly spaces: { readonly spaces: string }; readonly weights: { readonly weights: string } },
  deltas: readonly number[],
): { readonly problem: FormProblem; readonly run: string } => {
  const file = readSafetensors(inputs.spaces.spaces);
  const layers = layerFormsOf(readSafetensors(inputs.weights.weights));
  return { problem: poseInSpaces(file, layers, deltas), run: file.metadata['run']! };
};

export const formSpaces = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], v1: ['weights'], attention: ['images'] },
  outputs: { spaces: 'form-spaces.safetensors' },
  params: z.strictObject({ frequencyBins: formParams.frequencyBins }),
  run: async ({ params: { frequencyBins }, inputs, outputs }) => {
    const counts = openCounts(inputs.counts.counts);
    const weights = readSafetensors(inputs.v1.weights);
    const images = readSafetensors(inputs.attention.images);
    const problem = formProblem(
      {
        topK2: counts.topPairs('k2'),
        topK3Skip: counts.topPairs('k3-skip'),
        frequencies: Float64Array.from(counts.top, (id) => counts.unigram[id]!),
      },
      {
        embedding: embeddingOf(weights, counts),
        attended: (layer) => matrixOf(images, `K_2_attention_weighted.${layer}`),
      },
      layerFormsOf(weights),
      [0],
      frequencyBins,
      await loadLinearAlgebra(),
    );
    // As `formNulls` names it.
    writeFormSpaces(outputs.spaces, problem, `${weights.metadata['run']}.seed-${weights.metadata['seed']}`);
  },
});

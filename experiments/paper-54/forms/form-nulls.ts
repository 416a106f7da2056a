/**
 * T6 of one seed with its nulls: every cosine, what the draws say of it, and the statistics that seeds are pooled by, draw
 * by draw. Too long for a build, which replays the first draws of each null instead.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import {
  matrixOf,
  readSafetensors,
  type Tensor,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Counts, readCounts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import type { DrawnCosines, Draws } from './drawn-cosines.ts';
import { layerFormsOf } from './form-factors.ts';
import { type FormProblem, formProblem, layerCosines } from './form-problem.ts';
import { haarDraws, replayedHaar } from './haar-draws.ts';
import { labelDraws, replayedLabels } from './label-draws.ts';
import { miniatureProblem } from './miniature-problem.ts';
import { cellFigures, statistics, summariseDraws } from './null-summary.ts';
import { replayedSigns, signDraws } from './sign-draws.ts';

/** Ids of the nulls, the one that decides first. */
export const formNullNames = ['haar', 'signs', 'labels'] as const;
export type FormNullName = (typeof formNullNames)[number];

export const formParams = {
  /** Distances between the later and the earlier token. */
  deltas: z.array(z.int().nonnegative()).min(1),
  frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
  /** Of the nulls' streams. */
  seed: z.int().nonnegative(),
};

const params = z.strictObject({
  ...formParams,
  /** Of each null. */
  draws: z.int().min(2),
});

/** What T6 reads of a seed. */
export const formInputs = { counts: ['counts'], views: ['views'], weights: ['weights'] } as const;

/** Which run the draws are for: draws of different runs are independent. */
const runName = (metadata: Readonly<Record<string, string>>): string =>
  `${metadata['run']}.seed-${metadata['seed']}`;

/** @throws TensorMissing where the run was reduced to fewer parts */
export const openFormProblem = (
  inputs: {
    readonly counts: { readonly counts: string };
    readonly views: { readonly views: string };
    readonly weights: { readonly weights: string };
  },
  { deltas, frequencyBins }: Pick<z.output<typeof params>, 'deltas' | 'frequencyBins'>,
  la: LinearAlgebra,
) => {
  const counts = readCounts(inputs.counts.counts);
  const weights = readSafetensors(inputs.weights.weights);
  const views = readSafetensors(inputs.views.views);
  const problem = formProblem(
    { ...counts, frequencies: Float64Array.from(counts.top, (id) => counts.unigram[id]!) },
    {
      embedding: matrixOf(views, 'embedding'),
      attended: (layer) => matrixOf(views, `K_2_attention_weighted.${layer}`),
    },
    layerFormsOf(weights),
    deltas,
    frequencyBins,
    la,
  );
  return { problem, counts, run: runName(weights.metadata) };
};

type Pairs = Pick<Counts, 'topK2' | 'topK3Skip'>;

export const observedCosines = (problem: FormProblem, la: LinearAlgebra) =>
  problem.posed.map((posed) => layerCosines(posed, ({ basis }) => basis, la));

/** By test; NaN where M on tokens is not kept. */
const carriedOf = ({ posed: [first] }: FormProblem): Float64Array =>
  Float64Array.from(
    first!.flatMap(({ setting, space, parts }) =>
      setting.deltas.flatMap(() =>
        parts.map(({ index, part }) => space.views[index]!.carried?.[part] ?? Number.NaN),
      ),
    ),
  );

/** The views on tokens in the order of the problem's. */
const viewsOnTokens = ({ topK2, topK3Skip }: Pairs) => [weightings.log1p(topK2), weightings.log1p(topK3Skip)];

/** One null's draws. */
export const drawNull = (
  name: FormNullName,
  problem: FormProblem,
  counts: Pairs,
  draws: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  if (name === 'haar') return haarDraws(problem, draws, la);
  if (name === 'signs') return signDraws(problem, draws, la);
  return labelDraws(problem, viewsOnTokens(counts), draws, la);
};

/** The first of the same draws, each by itself and from whole factors: the long way, which checks the short one. */
export const replayNull = (
  name: FormNullName,
  problem: FormProblem,
  counts: Pairs,
  draws: Draws,
  la: LinearAlgebra,
): DrawnCosines => {
  if (name === 'haar') return replayedHaar(problem, draws, la);
  if (name === 'signs') return replayedSigns(problem, draws, la);
  return replayedLabels(problem, viewsOnTokens(counts), draws, la);
};

const tensor = (dtype: 'F32' | 'F64', shape: readonly number[], data: Float64Array): Tensor => ({
  dtype,
  shape,
  data: dtype === 'F32' ? Float32Array.from(data) : data,
});

const witnessMiniature = async (): Promise<readonly WitnessMark[]> => {
  const la = await loadLinearAlgebra();
  const { problem, counts } = miniatureProblem(la);
  const observed = observedCosines(problem, la);
  return formNullNames.map((name) => {
    const draws = { draws: 3, seed: 1, run: 'miniature' };
    const { cells, pooled } = summariseDraws(observed, drawNull(name, problem, counts, draws, la));
    return {
      at: name,
      numbers: { cell: cells[0]!, observed: pooled[0]!, draw: pooled[1]! },
      digests: { pooled: sha256(pooled) },
    };
  });
};

const witness: WitnessDefinition<typeof formInputs, z.output<typeof params>> = {
  parts: { miniature: { needsInputs: false, run: witnessMiniature } },
  // Haar's products are in single precision.
  tolerance: { cell: 1e-6, observed: 1e-6, draw: 1e-6 },
};

export const formNulls = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: formInputs,
  outputs: { nulls: 'form-nulls.safetensors' },
  params,
  // Some four minutes at the paper's size on one core.
  limitMinutes: 240,
  run: async ({ params: { draws, seed, ...rest }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const { problem, counts, run } = openFormProblem(inputs, rest, la);
    const { tests, nHeads, posed } = problem;
    const observed = observedCosines(problem, la);
    const shape = [posed.length, tests.length, nHeads + 1];
    const tensors: Record<string, Tensor> = {
      observed: tensor('F64', shape, Float64Array.from(observed.flatMap((of) => of.flatMap((x) => [...x])))),
    };
    tensors['carried'] = vectorTensor('F64', carriedOf(problem));
    let done = 0;
    for (const name of formNullNames) {
      const advance = (): void => {
        done += 1;
        report({ done, total: draws * posed.length + posed.length + draws });
      };
      const drawn = drawNull(name, problem, counts, { draws, seed, run, advance }, la);
      const { cells, pooled } = summariseDraws(observed, drawn);
      tensors[`${name}.cells`] = tensor('F64', [...shape, cellFigures.length], cells);
      tensors[`${name}.pooled`] = tensor('F32', [tests.length, statistics.length, 1 + draws], pooled);
    }
    writeSafetensors(outputs.nulls, tensors, { run, draws: String(draws), seed: String(seed) });
  },
  witness,
});

/**
 * The positive control's trials: runs in which a view is planted at each strength, and none, and what every test says of
 * them. Too long for a build, which makes the first one again.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { matrix } from 'reproducible-paper/numerics/matrix';
import {
  matrixOf,
  readSafetensors,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { formInputs, openFormProblem } from '../forms/form-nulls.ts';
import type { FormProblem } from '../forms/form-problem.ts';
import { miniatureProblem } from '../forms/miniature-problem.ts';
import {
  firstPlanting,
  isFirst,
  type Planting,
  plantableForms,
  plantableViews,
  plantedView,
  plantingId,
  plantings,
} from './planting.ts';
import { type PowerProblem, type SpaceId, trialFigures, trialTurns } from './trial-figures.ts';

/** Options that all sets of trials share. */
export const powerParams = {
  frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
  subspace: z.int().positive(),
  /** Of the draws' streams. */
  seed: z.int().nonnegative(),
  /** None is tried beside these. */
  strengths: z.array(z.number().positive().max(1)).min(1),
};

const params = z.strictObject({
  ...powerParams,
  /** On which tokens alpha^2 is the view's share: as they are, or free of frequency. */
  space: z.enum(['whole', 'free']),
  /** Without it K_2 in attention's comparing forms, which alone is planted with frequency left in. */
  planted: z.strictObject({ form: z.enum(plantableForms), view: z.enum(plantableViews) }).optional(),
  trials: z.int().min(2),
});

/** Whether a test finds something where there is nothing shows beside its power. */
export const withNone = (strengths: readonly number[]): readonly number[] => [0, ...strengths];

type Opened = Pick<z.output<typeof params>, 'frequencyBins' | 'subspace'>;

/** @param image T1's, of K_2 */
export const problemOf = (
  problem: FormProblem,
  space: SpaceId,
  planting: Planting,
  rest: Pick<PowerProblem, 'image' | 'subspace' | 'run'>,
): PowerProblem => ({
  factors: problem.posed.map(
    (settings) => settings.find(({ setting }) => setting.form === planting.form)!.factors,
  ),
  space: problem[space],
  view: plantedView(problem[space], planting),
  ...rest,
});

/** By where and what is planted. */
export const openPowerProblems = (
  inputs: Parameters<typeof openFormProblem>[0],
  { frequencyBins, subspace }: Opened,
  la: LinearAlgebra,
): ((space: SpaceId, planting?: Planting) => PowerProblem) => {
  const { problem, run } = openFormProblem(inputs, { deltas: [0], frequencyBins }, la);
  const image = matrixOf(readSafetensors(inputs.views.views), 'K_2');
  return (space, planting = firstPlanting) => problemOf(problem, space, planting, { image, subspace, run });
};

/** What a run of next to nothing gives, by what it is planted with. */
const miniatureMarks = async (
  sets: Readonly<Record<string, readonly [SpaceId, Planting]>>,
): Promise<readonly WitnessMark[]> => {
  const la = await loadLinearAlgebra();
  const { problem } = miniatureProblem(la);
  const n = problem.free.roots.length;
  const image = matrix(n, n, seededRandom(1, 'power-miniature').normals(n * n));
  return Object.entries(sets).map(([at, [space, planting]]) => {
    const posed = problemOf(problem, space, planting, { image, subspace: 2, run: 'miniature' });
    const found = trialFigures(posed, [0, 0.5, 1], trialTurns(posed, 0, 1), la);
    const all = found.flatMap(({ observed, turned }) => [...observed, ...turned]).filter(Number.isFinite);
    return {
      at,
      numbers: { first: all[0]!, last: all.at(-1)! },
      digests: { all: sha256(Float64Array.from(all)) },
    };
  });
};

const witness: WitnessDefinition<typeof formInputs, z.output<typeof params>> = {
  parts: {
    miniature: {
      needsInputs: false,
      run: () => miniatureMarks({ whole: ['whole', firstPlanting], free: ['free', firstPlanting] }),
    },
    plantings: {
      needsInputs: false,
      run: () =>
        miniatureMarks(
          Object.fromEntries(
            plantings.filter((of) => !isFirst(of)).map((of) => [plantingId(of), ['free', of]]),
          ),
        ),
    },
  },
  // Sums in another order, through a factoring that takes roots of eigenvalues.
  tolerance: { first: 1e-7, last: 1e-7 },
};

export const powerTrials = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: formInputs,
  outputs: { trials: 'power-trials.safetensors' },
  params,
  limitMinutes: 600,
  run: async ({ params: { strengths, trials, seed, space, planted, ...rest }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const problem = openPowerProblems(inputs, rest, la)(space, planted);
    const observed: number[] = []; // [trial, strength, test]
    const turned: number[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      for (const figures of trialFigures(
        problem,
        withNone(strengths),
        trialTurns(problem, trial, seed),
        la,
      )) {
        observed.push(...figures.observed);
        turned.push(...figures.turned);
      }
      report({ done: trial + 1, total: trials });
    }
    writeSafetensors(
      outputs.trials,
      {
        observed: vectorTensor('F64', Float64Array.from(observed)),
        turned: vectorTensor('F64', Float64Array.from(turned)),
      },
      {
        trials: String(trials),
        space,
        entries: String(problem.image.data.length),
        layers: String(problem.factors.length),
      },
    );
  },
  witness,
});

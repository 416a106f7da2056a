/**
 * What T6 finds after training in a run that started with K_2 planted whole: by layer, and by the statistics that runs are
 * judged by, beside the same of the start, which training had not touched, and of V1, which started from the same draw
 * without it.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import { readSafetensors, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import { type Cell, nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { normalHalf } from '../controls/normal-half.ts';
import { embeddingOf } from '../cooccurrence/embedding-of.ts';
import type { Counts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { readCalibration } from '../forms/calibration.ts';
import { cosinesOf, formTerms, inSpace, joinImages } from '../forms/form-cosines.ts';
import { type FormFactors, layerFormsOf } from '../forms/form-factors.ts';
import { formInputs, formParams, openFormProblem } from '../forms/form-nulls.ts';
import { type FormTest, formTestsOf } from '../forms/form-problem.ts';
import { type Statistic, statistics } from '../forms/null-summary.ts';
import { twoSidedP, upperP } from '../forms/p-values.ts';
import { poolHeads } from '../forms/pool-heads.ts';
import { type FormNullsRead, readFormNulls } from '../forms/read-form-nulls.ts';
import { replayDraws } from '../forms/replay-draws.ts';
import { tokenSpace } from '../forms/token-space.ts';
import { readCurve } from '../training/run-curve.ts';
import { plantedView } from './planted-projections.ts';

const placeOf = (tests: readonly FormTest[]): number =>
  tests.findIndex(
    ({ form, frequency, delta, view, part }) =>
      form === 'qk' && frequency === 'free' && delta === 0 && view === plantedView && part === 'whole',
  );

/** Cosines with the planted view, free of frequency, in the space of the init's own embedding: [layer][heads + 1]. */
const startCosines = (
  start: Safetensors,
  counts: Counts,
  functions: Matrix,
  la: LinearAlgebra,
): readonly Float64Array[] => {
  const views = { [plantedView]: weightings.log1p(counts.topK2) };
  const space = tokenSpace(embeddingOf(start, counts), views, functions, la);
  const images = joinImages(space.views.map(({ image }) => image));
  const whole = { view: plantedView, part: 'whole', index: 0, isTransposed: false } as const;
  return layerFormsOf(start).map(({ qk }) => {
    const [terms] = formTerms(inSpace(qk, space, space.basis, la), images, [0], la);
    return cosinesOf(terms!.products, terms!.norms, space.views, [whole])[0]!;
  });
};

/** Cosine of Q^T K in two runs of one start, which share the residual stream's directions. */
export const formCosine = (a: FormFactors, b: FormFactors, la: LinearAlgebra): number => {
  // <L^T R, M^T S> = <L M^T, R S^T>, entry by entry.
  const inner = (x: FormFactors, y: FormFactors): number =>
    innerProduct(
      la.multiply(x.left, y.left, { transposeB: true }),
      la.multiply(x.right, y.right, { transposeB: true }),
    );
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
};

/** A statistic of one run beside its Haar null, and how much is beyond it. */
const statisticOf = (kept: FormNullsRead, test: number, statistic: Statistic) => {
  const [value, ...draws] = kept.pooled('haar', test, statistic)!;
  const p = statistic === 'rms' ? upperP(value!, draws) : twoSidedP(value!, draws, mean(draws));
  const cell = { value: value!, null: { ...summariseNull(draws), p } };
  const beyond =
    statistic === 'rms' ? Math.sqrt(Math.max(0, value! ** 2 - mean(draws.map((x) => x * x)))) : value!;
  return { cell, beyond, half: normalHalf(0.95) * cell.null.sd };
};

export const plantedTraining = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {
    ...formInputs,
    nulls: ['nulls'],
    start: ['init'],
    curve: ['curve'],
    v1: ['weights'],
    v1Init: ['init'],
    v1Nulls: ['nulls'],
    v1Curve: ['curve'],
    power: ['result'],
  },
  outputs: { result: 'planted-training.json' },
  params: z.strictObject({
    ...formParams,
    /** Distances that V1's nulls are of. */
    v1Deltas: formParams.deltas,
    /** The strength at which an effect is called negligible. */
    bound: z.number().positive().max(1),
    /** Draws of each null that are made again. */
    replayed: z.int().positive().default(1),
  }),
  run: async ({ params: { seed, bound, v1Deltas, replayed, ...rest }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { problem, counts, run } = openFormProblem(inputs, rest, la);
    const kept = readFormNulls(inputs.nulls.nulls);
    replayDraws(problem, counts, kept, { draws: replayed, seed, run }, la);
    const ofV1 = readFormNulls(inputs.v1Nulls.nulls);
    const [test, testOfV1] = [placeOf(problem.tests), placeOf(formTestsOf(v1Deltas))];
    const { nHeads } = problem;
    const layers = problem.posed.length;
    const start = readSafetensors(inputs.start.init);
    const started = startCosines(start, counts, problem.functions, la);
    const atStart = poolHeads(layers, nHeads, (layer, head) => started[layer]![head]!);
    const calibrations = readCalibration(inputs.power.result, bound);
    const forms = Object.fromEntries(
      Object.entries({
        start,
        trained: readSafetensors(inputs.weights.weights),
        v1Init: readSafetensors(inputs.v1Init.init),
        v1: readSafetensors(inputs.v1.weights),
      }).map(([id, weights]) => [id, layerFormsOf(weights).map(({ qk }) => qk)]),
    );
    const likeness = (a: string, b: string, layer: number): number =>
      formCosine(forms[a]![layer]!, forms[b]![layer]!, la);
    const held = (from: FormNullsRead, place: number, layer: number): Cell => {
      const { mean: centre, sd, low, high, p } = from.cell('haar', layer, place, nHeads)!;
      return { value: from.observed(layer, place, nHeads), null: { mean: centre, sd, low, high, p } };
    };
    const losses = [inputs.curve, inputs.v1Curve].map(({ curve }) => readCurve(curve).best);
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'planted-training',
        run: 'planted',
        columns: [
          nameColumn('layer'),
          ...['start', 'trained', 'v1', 'kept', 'kept-v1'].map((id) => numberColumn(id)),
        ],
        rows: Array.from({ length: layers }, (_, layer) => ({
          layer,
          start: started[layer]!.at(-1)!,
          trained: held(kept, test, layer),
          v1: held(ofV1, testOfV1, layer),
          kept: likeness('trained', 'start', layer),
          'kept-v1': likeness('v1', 'v1Init', layer),
        })),
        nullDraws: kept.draws,
      },
      {
        kind: 'table',
        id: 'planted-training-summary',
        run: 'planted',
        columns: [
          nameColumn('statistic'),
          ...['start', 'start-alpha', 'trained', 'alpha', 'alpha-half', 'v1', 'v1-alpha'].map((id) =>
            numberColumn(id),
          ),
        ],
        rows: statistics.map((statistic, at) => {
          const { slope } = calibrations[statistic];
          const trained = statisticOf(kept, test, statistic);
          const v1 = statisticOf(ofV1, testOfV1, statistic);
          return {
            statistic,
            start: atStart[at]!,
            'start-alpha': atStart[at]! / slope,
            trained: trained.cell,
            alpha: trained.beyond / slope,
            'alpha-half': trained.half / slope,
            v1: v1.cell,
            'v1-alpha': v1.beyond / slope,
          };
        }),
        nullDraws: kept.draws,
      },
      { kind: 'value', id: 'planted-loss', unit: 'nats/token', value: losses[0]!.heldOutLossNats },
      { kind: 'value', id: 'unplanted-loss', unit: 'nats/token', value: losses[1]!.heldOutLossNats },
      { kind: 'value', id: 'planted-step', unit: 'steps', value: losses[0]!.step },
    ]);
  },
});

/**
 * What T6 finds after training in a run that started with K_2 planted whole: by layer, and by the statistics that runs are
 * judged by, beside the same of the start, which training had not touched, and of V1, which started from the same draw
 * without it.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import { readSafetensors, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { embeddingOf } from '../cooccurrence/embedding-of.ts';
import type { Counts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { readCalibrations } from '../forms/calibration.ts';
import { joinImages } from '../forms/form-cosines.ts';
import { type FormFactors, layerFormsOf } from '../forms/form-factors.ts';
import { formInputs, formParams, openFormProblem } from '../forms/form-nulls.ts';
import { formTestsOf, freeTestPlace } from '../forms/form-problem.ts';
import { statistics } from '../forms/null-summary.ts';
import { poolHeads } from '../forms/pool-heads.ts';
import { readFormNulls, sumCell } from '../forms/read-form-nulls.ts';
import { replayDraws } from '../forms/replay-draws.ts';
import { runStatistic } from '../forms/run-statistic.ts';
import { tokenSpace } from '../forms/token-space.ts';
import { readCurve } from '../training/run-curve.ts';
import { firstPlanting } from './planting.ts';
import { formCosines } from './trial-figures.ts';

const wanted = { ...firstPlanting, part: 'whole' } as const;

/** Cosines with the planted view, free of frequency, in the space of the init's own embedding: [layer][heads + 1]. */
const startCosines = (
  start: Safetensors,
  counts: Counts,
  functions: Matrix,
  la: LinearAlgebra,
): readonly Float64Array[] => {
  const views = { [wanted.view]: weightings.log1p(counts.topK2) };
  const space = tokenSpace(embeddingOf(start, counts), views, functions, la);
  const view = space.views[0]!;
  const posed = { space, view, images: joinImages([view.image]) };
  return layerFormsOf(start).map(({ qk }) =>
    formCosines({ q: qk.left, k: qk.right }, qk, posed, space.basis, la),
  );
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
    const [test, testOfV1] = [problem.tests, formTestsOf(v1Deltas)].map((tests) =>
      freeTestPlace(tests, wanted),
    ) as [number, number];
    const { nHeads } = problem;
    const layers = problem.posed.length;
    const start = readSafetensors(inputs.start.init);
    const started = startCosines(start, counts, problem.functions, la);
    const atStart = poolHeads(layers, nHeads, (layer, head) => started[layer]![head]!);
    const calibrations = readCalibrations(inputs.power.result, bound);
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
          trained: sumCell(kept, layer, test, nHeads),
          v1: sumCell(ofV1, layer, testOfV1, nHeads),
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
          ...['start', 'start-alpha', 'trained', 'alpha', 'alpha-low', 'alpha-high', 'v1', 'v1-alpha'].map(
            (id) => numberColumn(id),
          ),
        ],
        rows: statistics.map((statistic, at) => {
          const calibration = calibrations(firstPlanting, statistic);
          const trained = runStatistic(kept, test, statistic, calibration);
          const v1 = runStatistic(ofV1, testOfV1, statistic, calibration);
          return {
            statistic,
            start: atStart[at]!,
            'start-alpha': calibration.alpha(atStart[at]!),
            trained: trained.found,
            alpha: trained.alpha,
            'alpha-low': trained.low,
            'alpha-high': trained.high,
            v1: v1.found,
            'v1-alpha': v1.alpha,
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

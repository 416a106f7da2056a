/**
 * T1 against its gauge null and T2 to T5 against input sides that are turned, of one seed: statistics over layers,
 * observed and of every draw. Too long for a build, which draws the first ones again.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type NormalStream, normalStream } from 'reproducible-paper/numerics/normal-stream';
import { correlationOf, type Standardised, standardise } from 'reproducible-paper/numerics/pearson';
import {
  matrixOf,
  readSafetensors,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { haarMatrix, haarStack } from '../controls/haar-matrix.ts';
import { type AttentionWeights, attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { type GaugePairs, gaugeDraw, gaugePairs } from './gauge-draw.ts';
import { type InputSide, inputSide, inputStatistics, inputStatisticsOf, turnedSide } from './input-side.ts';
import { gaugeOfTurns, inputsOfTurns, readyLayer } from './turned-statistics.ts';

/** The views of T1's family: `k3-skip` is `k3`, and the identity is none of the corpus. */
export const gaugeViews = ['k2', 'k2-t', 'k3', 'ete', 'window', 'k2-attention', 'k2-attention-t'] as const;

/** What the conjecture pairs, for T2 to T5. */
export const inputPairs = [
  { matrix: 'q', view: 'k2' },
  { matrix: 'k', view: 'k2-t' },
  { matrix: 'v', view: 'k3' },
] as const;

type Views = Readonly<Record<(typeof gaugeViews)[number], Matrix>>;

export interface ViewProblem {
  readonly layers: readonly AttentionWeights[];
  /** [layer] */
  readonly views: readonly Views[];
  /** Directions of T5's subspaces. */
  readonly subspace: number;
  /** Names the draws' streams. */
  readonly run: string;
}

/** Statistics over layers, the observed ones first. */
export interface ViewDraws {
  /** Mean |r|: [matrices * views][1 + draws] */
  readonly gauge: readonly Float64Array[];
  /** Means: [pairs * statistics][1 + draws] */
  readonly input: readonly Float64Array[];
}

export const viewParams = {
  /** Of the draws' streams. */
  seed: z.int().nonnegative(),
  /** Directions of T5's subspaces. */
  subspace: z.int().positive(),
};

const params = z.strictObject({ ...viewParams, draws: z.int().min(2) });

type ViewDrawsOptions = Omit<z.output<typeof params>, 'subspace'>;

/** A layer's pairs, made ready for many turns. */
interface LayerPairs {
  readonly gauge: readonly GaugePairs[];
  readonly inputs: readonly { readonly a: InputSide; readonly m: InputSide }[];
}

/** What draws make of a layer's pairs: r of the gauge null and T2 to T5, in the order of their tests. */
type DrawLayer = (
  pairs: LayerPairs,
  random: NormalStream,
  draws: number,
  put: (draw: number, gauge: readonly number[], input: readonly number[]) => void,
  la: LinearAlgebra,
) => void;

const statisticsOf = (
  inputs: LayerPairs['inputs'],
  turn: (side: InputSide) => InputSide,
  la: LinearAlgebra,
): readonly number[] =>
  inputs.flatMap(({ a, m }) => {
    const found = inputStatisticsOf(turn(a), m, la);
    return inputStatistics.map((id) => found[id]);
  });

/** A draw after the other, each from whole matrices. */
const theLongWay: DrawLayer = ({ gauge, inputs }, random, draws, put, la) => {
  for (let draw = 0; draw < draws; draw += 1) {
    const o = haarMatrix(gauge[0]!.rowSums.length, random);
    put(
      draw,
      gauge.flatMap((pair) => gaugeDraw(pair, o)),
      statisticsOf(inputs, (side) => turnedSide(side, o, la), la),
    );
  }
};

/** Draws that are made together. */
const drawsAtOnce = 8;

const theShortWay: DrawLayer = ({ gauge, inputs }, random, draws, put, la) => {
  const n = gauge[0]!.rowSums.length;
  withStacks(la, (stacks) => {
    const ready = readyLayer(gauge, inputs, stacks);
    for (let start = 0; start < draws; start += drawsAtOnce) {
      const count = Math.min(drawsAtOnce, draws - start);
      const [ofGauge, ofInputs] = stacks.step(() => {
        const turns = stacks.single(haarStack(n, count, random, stacks));
        return [gaugeOfTurns(ready, turns, count, stacks), inputsOfTurns(ready, turns, count, stacks)];
      });
      ofGauge!.forEach((figures, at) => {
        put(start + at, figures, ofInputs![at]!);
      });
    }
  });
};

const drawsBy = (
  drawLayer: DrawLayer,
  { layers, views, subspace, run }: ViewProblem,
  { draws, seed }: ViewDrawsOptions,
  la: LinearAlgebra,
  advance: () => void,
): ViewDraws => {
  const empty = (tests: number) => Array.from({ length: tests }, () => new Float64Array(1 + draws));
  const gauge = empty(matrixNames.length * gaugeViews.length);
  const input = empty(inputPairs.length * inputStatistics.length);
  layers.forEach((weights, at) => {
    const ofLayer = views[at]!;
    const ready: readonly Standardised[] = gaugeViews.map((id) => standardise(ofLayer[id]));
    const pairs: LayerPairs = {
      gauge: matrixNames.map((name) => gaugePairs(weights[name], ready, la)),
      inputs: inputPairs.map(({ matrix: name, view }) => ({
        a: inputSide(weights[name], subspace, la),
        m: inputSide(ofLayer[view], subspace, la),
      })),
    };
    const add = (into: readonly Float64Array[], place: number, figures: readonly number[]): void => {
      figures.forEach((figure, index) => {
        into[index]![place]! += figure / layers.length;
      });
    };
    const observed = matrixNames.map((name) => standardise(weights[name]));
    add(
      gauge,
      0,
      observed.flatMap((a) => ready.map((view) => Math.abs(correlationOf(a, view)))),
    );
    add(
      input,
      0,
      statisticsOf(pairs.inputs, (side) => side, la),
    );
    const put = (draw: number, ofGauge: readonly number[], ofInput: readonly number[]): void => {
      add(gauge, 1 + draw, ofGauge.map(Math.abs));
      add(input, 1 + draw, ofInput);
      advance();
    };
    drawLayer(pairs, normalStream(seed, `view-draws/${run}/layer-${weights.layer}`), draws, put, la);
  });
  return { gauge, input };
};

export const drawViews = (
  problem: ViewProblem,
  options: ViewDrawsOptions,
  la: LinearAlgebra,
  advance: () => void,
): ViewDraws => drawsBy(theShortWay, problem, options, la, advance);

/** The first of the same draws by the long way, which checks the short one. */
export const replayViews = (problem: ViewProblem, options: ViewDrawsOptions, la: LinearAlgebra): ViewDraws =>
  drawsBy(theLongWay, problem, options, la, () => undefined);

export const viewInputs = { v1: ['weights'], views: ['views'] } as const;

export const openViewProblem = (
  inputs: { readonly v1: { readonly weights: string }; readonly views: { readonly views: string } },
  subspace: number,
): ViewProblem => {
  const weights = readSafetensors(inputs.v1.weights);
  const views = readSafetensors(inputs.views.views);
  const layers = attentionWeightsOf(weights);
  const ofCorpus = {
    k2: matrixOf(views, 'K_2'),
    'k2-t': matrixOf(views, 'K_2_T'),
    k3: matrixOf(views, 'K_3'),
    ete: matrixOf(views, 'EtE'),
    window: matrixOf(views, 'K_window'),
  };
  return {
    layers,
    views: layers.map(({ layer }) => {
      const attended = matrixOf(views, `K_2_attention_weighted.${layer}`);
      return { ...ofCorpus, 'k2-attention': attended, 'k2-attention-t': transpose(attended) };
    }),
    subspace,
    run: `${weights.metadata['run']}.seed-${weights.metadata['seed']}`,
  };
};

const witnessMiniature = async (): Promise<readonly WitnessMark[]> => {
  const random = seededRandom(1, 'view-miniature');
  const draw = (): Matrix => matrix(8, 8, random.normals(64));
  const views = Object.fromEntries(gaugeViews.map((id) => [id, draw()])) as Views;
  const layers = [0, 1].map((layer) => ({ layer, nHeads: 2, q: draw(), k: draw(), v: draw() }));
  const problem = { layers, views: [views, views], subspace: 2, run: 'miniature' };
  const { gauge, input } = drawViews(
    problem,
    { draws: 3, seed: 1 },
    await loadLinearAlgebra(),
    () => undefined,
  );
  return [gauge, input].map((of, at) => ({
    at: at === 0 ? 'gauge' : 'input',
    numbers: { observed: of[0]![0]!, draw: of[0]![1]!, last: of.at(-1)!.at(-1)! },
    digests: { all: sha256(Float64Array.from(of.flatMap((figures) => [...figures]))) },
  }));
};

const witness: WitnessDefinition<typeof viewInputs, z.output<typeof params>> = {
  parts: { miniature: { needsInputs: false, run: witnessMiniature } },
  // Draws' products are in single precision.
  tolerance: { observed: 1e-9, draw: 1e-6, last: 1e-6 },
};

export const viewDraws = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: viewInputs,
  outputs: { draws: 'view-draws.safetensors' },
  params,
  limitMinutes: 240,
  run: async ({ params: { subspace, ...options }, inputs, outputs, report }) => {
    const problem = openViewProblem(inputs, subspace);
    let done = 0;
    const { gauge, input } = drawViews(problem, options, await loadLinearAlgebra(), () => {
      done += 1;
      report({ done, total: options.draws * problem.layers.length });
    });
    const joined = (of: readonly Float64Array[]): Float64Array =>
      Float64Array.from(of.flatMap((figures) => [...figures]));
    writeSafetensors(
      outputs.draws,
      { gauge: vectorTensor('F64', joined(gauge)), input: vectorTensor('F64', joined(input)) },
      {
        draws: String(options.draws),
        run: problem.run,
        layers: String(problem.layers.length),
      },
    );
  },
  witness,
});

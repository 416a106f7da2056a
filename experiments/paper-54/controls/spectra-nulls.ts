/**
 * The draws of null N4 for a run's forms, summed up figure by figure (see turned-forms.ts). They take minutes at the
 * paper's size, so they are kept; whoever reads them repeats the first of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { identity } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type NormalStream, normalStream } from 'reproducible-paper/numerics/normal-stream';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { effectiveRank } from 'reproducible-paper/numerics/spectrum';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { ranksOf } from '../analyses/rank-figures.ts';
import { type AttentionWeights, attentionWeightsOf, headRows } from '../model/attention-weights.ts';
import type { Figures } from './gaussian-null.ts';
import { haarMatrix, haarOfEach } from './haar-matrix.ts';
import { nullCell, nullCellSchema } from './null-cell.ts';
import { requireKept } from './require-kept.ts';
import { type TurnedFigures, type TurnedLayer, turnedFigures, turnedLayer } from './turned-forms.ts';
import { layerStack, turnedStack } from './turned-stack.ts';

const cellsSchema = z.record(z.string(), nullCellSchema);

const spectraNullsSchema = z.strictObject({
  draws: z.int().positive(),
  eigenvalueDraws: z.int().positive(),
  seed: z.int(),
  layers: z
    .array(
      z.strictObject({
        layer: z.int().nonnegative(),
        /** Of Q K^T, and `rho` and `real-fraction` of Q^T K; `form-effective-rank` is that of Q^T K. */
        whole: cellsSchema,
        /** Of Q_h^T K_h. */
        heads: z.array(cellsSchema).min(1),
        /** The whole form's figures of the first draws. */
        first: z.array(z.record(z.string(), z.number())).min(1),
      }),
    )
    .min(1),
});

export type SpectraNulls = z.output<typeof spectraNullsSchema>;

/** So many draws are repeated wherever the kept ones are read. */
const repeatedDraws = 2;

/** A draw of every layer. */
type Turned = readonly TurnedFigures[];

/** A draw has a stream of its own, so that the first ones are the same however many follow. */
const drawStream = (n: number, seed: number, draw: number): NormalStream =>
  normalStream(seed, `haar/${n}/${draw}`);

/** The long way, from a Haar matrix by itself, layer by layer. */
const replayedDraw = (
  layers: readonly TurnedLayer[],
  seed: number,
  draw: number,
  withEigenvalues: boolean,
  la: LinearAlgebra,
): Turned => {
  const { q, nHeads } = layers[0]!.weights;
  const random = drawStream(q.rows, seed, draw);
  const o = haarMatrix(q.rows, random);
  const headO = haarMatrix(q.rows / nHeads, random);
  return layers.map((layer) => turnedFigures(layer, o, headO, withEigenvalues, la));
};

/** Draws whose Haar matrices are made together. */
const drawsAtOnce = 8;

const turnedDraws = (
  layers: readonly TurnedLayer[],
  { draws, eigenvalueDraws, seed }: Pick<SpectraNulls, 'draws' | 'eigenvalueDraws' | 'seed'>,
  la: LinearAlgebra,
  put: (turned: Turned) => void,
): void => {
  const { q, nHeads } = layers[0]!.weights;
  const n = q.rows;
  withStacks(la, (stacks) => {
    const stack = layerStack(layers, stacks);
    for (let start = 0; start < draws; start += drawsAtOnce) {
      const streams = Array.from({ length: Math.min(drawsAtOnce, draws - start) }, (_, at) =>
        drawStream(n, seed, start + at),
      );
      const turns = stacks.step(() => stacks.leave(haarOfEach(n, streams, stacks)));
      for (const [at, random] of streams.entries()) {
        const headO = haarMatrix(n / nHeads, random);
        const turned = stacks.step(() => {
          const o = stacks.enter(turns.slice(at * n * n, (at + 1) * n * n), [1, n, n]);
          return turnedStack(stack, o, headO, start + at < eigenvalueDraws, stacks, la);
        });
        put(turned);
      }
    }
  });
};

/** A layer's own figures: those of its forms left unturned, and the ranks of Q^T K, whole and by head, by themselves. */
const observedOf = (layer: TurnedLayer, la: LinearAlgebra): TurnedFigures => {
  const { q, k, nHeads } = layer.weights;
  const still = turnedFigures(layer, identity(q.rows), identity(q.rows / nHeads), true, la);
  const form = ranksOf(la.singularValues(la.multiply(q, k, { transposeA: true })), 'Q^T K');
  return {
    whole: {
      ...still.whole,
      'form-effective-rank': form['effective-rank']!,
      'form-top-8-energy': form['top-8-energy']!,
    },
    heads: still.heads.map((figures, head) => {
      const b = la.multiply(headRows(q, nHeads, head), headRows(k, nHeads, head), { transposeA: true });
      return { ...figures, 'effective-rank': effectiveRank(la.singularValues(b), 'Q_h^T K_h') };
    }),
  };
};

/** Turned on its output side, Q^T K has the law of Q K^T turned on its input side. */
const drawnAs = (id: string): string => id.replace(/^form-/, '');

/** @param draws [draw] of one layer */
const cellsOf = (observed: Figures, draws: readonly Figures[]) =>
  Object.fromEntries(
    Object.entries(observed).flatMap(([id, value]) => {
      const drawn = draws.map((figures) => figures[drawnAs(id)]).filter((figure) => figure !== undefined);
      return drawn.length > 0 ? [[id, nullCell(value, drawn)] as const] : [];
    }),
  );

export const spectraNulls = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { run: ['weights'] },
  outputs: { nulls: 'spectra-nulls.json' },
  params: z.strictObject({
    draws: z.int().min(2),
    /** Of them, those whose real share is computed: eigenvalues take most of the time. */
    eigenvalueDraws: z.int().min(2),
    seed: z.int().nonnegative(),
  }),
  run: async ({ params: { draws, eigenvalueDraws, seed }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const weights = attentionWeightsOf(readSafetensors(inputs.run.weights));
    const layers = weights.map((layer) => turnedLayer(layer, la));
    const drawn: Turned[] = [];
    turnedDraws(layers, { draws, eigenvalueDraws, seed }, la, (turned) => {
      drawn.push(turned);
      report({ done: drawn.length, total: draws });
    });
    const found: SpectraNulls = {
      draws,
      eigenvalueDraws: Math.min(draws, eigenvalueDraws),
      seed,
      layers: weights.map((layer, at) => {
        const observed = observedOf(layers[at]!, la);
        return {
          layer: layer.layer,
          whole: cellsOf(
            observed.whole,
            drawn.map((ofLayers) => ofLayers[at]!.whole),
          ),
          heads: observed.heads.map((figures, head) =>
            cellsOf(
              figures,
              drawn.map((ofLayers) => ofLayers[at]!.heads[head]!),
            ),
          ),
          first: drawn.slice(0, repeatedDraws).map((ofLayers) => ofLayers[at]!.whole),
        };
      }),
    };
    writeFileSync(outputs.nulls, JSON.stringify(spectraNullsSchema.parse(found)));
  },
});

/** Another library's decompositions move no figure by as much. */
const tolerance = 1e-9;

/**
 * What the stage kept, after its first draws were made again from the weights.
 *
 * @throws KeptDiffers
 */
export const readSpectraNulls = (
  path: string,
  weights: readonly AttentionWeights[],
  la: LinearAlgebra,
): SpectraNulls => {
  const kept = spectraNullsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const layers = weights.map((layer) => turnedLayer(layer, la));
  for (let draw = 0; draw < repeatedDraws; draw += 1) {
    const again = replayedDraw(layers, kept.seed, draw, draw < kept.eigenvalueDraws, la);
    for (const [at, { layer, first }] of kept.layers.entries()) {
      for (const [id, figure] of Object.entries(again[at]?.whole ?? {})) {
        const before = first[draw]?.[id];
        requireKept({
          stage: 'spectra-nulls',
          what: `${id} of layer ${layer}, draw ${draw}`,
          kept: before,
          again: figure,
          tolerance: tolerance * Math.abs(before ?? 0),
        });
      }
    }
  }
  return kept;
};

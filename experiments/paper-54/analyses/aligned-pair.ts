/** Two runs' aligned forms beside a null of alignments that know nothing: R drawn from Haar, with the same matching. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { identity, type Matrix } from 'reproducible-paper/numerics/matrix';
import { withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type NormalStream, normalStream } from 'reproducible-paper/numerics/normal-stream';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { haarOfEach } from '../controls/haar-matrix.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import {
  alignedCosines,
  type Cosines,
  preparedLayer,
  procrustes,
  turnedCosines,
  unalignedShare,
} from './aligned-forms.ts';

const cosinesSchema = z.strictObject({ whole: z.number(), matched: z.number() });

const pairSchema = z.strictObject({
  draws: z.int().positive(),
  /** Of an embedding, the share that the other one does not account for after alignment. */
  unaligned: z.number(),
  /** [layer] */
  layers: z.array(cosinesSchema).min(1),
  /** The same without an alignment. */
  asTheyLie: z.array(cosinesSchema).min(1),
  /** Means over layers, of each draw: one turn of the stream serves all layers, as an alignment does. */
  meanDraws: z.array(cosinesSchema).min(2),
});

export type AlignedPair = z.output<typeof pairSchema>;

export const readAlignedPair = (path: string): AlignedPair =>
  pairSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** Draws that are made together. */
const drawsAtOnce = 8;

export const meanCosines = (layers: readonly Cosines[]): AlignedPair['layers'][number] => ({
  whole: layers.reduce((sum, { whole }) => sum + whole, 0) / layers.length,
  matched: layers.reduce((sum, { matched }) => sum + matched, 0) / layers.length,
});

/** Of one draw: draws of different pairs are independent, each has a stream of its own. */
export const alignmentStream = (
  { seed, stream }: { readonly seed: number; readonly stream: string },
  n: number,
  draw: number,
): NormalStream => normalStream(seed, `alignment/${stream}/${n}/${draw}`);

export const alignedPair = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {
    a: ['weights'],
    embeddingA: ['embedding'],
    b: ['weights'],
    embeddingB: ['embedding'],
  },
  outputs: { pair: 'aligned-pair.json' },
  params: z.strictObject({
    draws: z.int().min(2),
    seed: z.int().nonnegative(),
    /** Names the draws. */
    stream: z.string(),
  }),
  run: async ({ params: { draws, seed, stream }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const [a, b] = [inputs.a, inputs.b].map(({ weights }) =>
      attentionWeightsOf(readSafetensors(weights)).map((layer) => preparedLayer(layer, la)),
    ) as [ReturnType<typeof preparedLayer>[], ReturnType<typeof preparedLayer>[]];
    const [from, to] = [inputs.embeddingA, inputs.embeddingB].map(({ embedding }) =>
      matrixOf(readSafetensors(embedding), 'embedding'),
    ) as [Matrix, Matrix];
    const turn = procrustes(from, to, la);
    const cosines = (r: Matrix) => a.map((layer, at) => alignedCosines(layer, b[at]!, r, la));
    const n = turn.rows;
    const meanDraws: AlignedPair['meanDraws'] = [];
    while (meanDraws.length < draws) {
      const streams = Array.from({ length: Math.min(drawsAtOnce, draws - meanDraws.length) }, (_, at) =>
        alignmentStream({ seed, stream }, n, meanDraws.length + at),
      );
      const found = withStacks(la, (stacks) => turnedCosines(a, b, haarOfEach(n, streams, stacks), stacks));
      meanDraws.push(...found.map(meanCosines));
      report({ done: meanDraws.length, total: draws });
    }
    const found: AlignedPair = {
      draws,
      unaligned: unalignedShare(from, to, turn, la),
      layers: cosines(turn),
      asTheyLie: cosines(identity(n)),
      meanDraws,
    };
    writeFileSync(outputs.pair, JSON.stringify(pairSchema.parse(found)));
  },
});

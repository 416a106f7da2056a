/** Null N2's matrices as a file: every analysis and every null reads the same ones, which were drawn once. */
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { openSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type AttentionWeights, matrixNames } from '../model/attention-weights.ts';
import { gaussianTriples } from './gaussian-triples.ts';

function* entriesOf(triples: Iterable<AttentionWeights>): Generator<Float64Array> {
  for (const triple of triples) for (const name of matrixNames) yield triple[name].data;
}

export const gaussianDraws = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { draws: 'gaussian-draws.safetensors' },
  params: z.strictObject({
    dModel: z.int().positive(),
    nHeads: z.int().positive(),
    /** Gaussian triples that a null is made of. */
    nullDraws: z.int().min(2).default(99),
    nullSeed: z.int().nonnegative().default(54),
  }),
  run: ({ params: { dModel, nHeads, nullDraws, nullSeed }, outputs }) => {
    const pieces = entriesOf(gaussianTriples(dModel, nHeads, nullDraws, nullSeed));
    const shape = [nullDraws, matrixNames.length, dModel, dModel];
    const metadata = { nHeads: String(nHeads) };
    writeSafetensors(outputs.draws, { draws: { dtype: 'F64', shape, pieces } }, metadata);
  },
});

export interface GaussianDraws {
  /** How many triples. */
  readonly count: number;
  /** Read as they are asked for: all of them at the paper's size are 0.2 GB. */
  readonly triples: () => Generator<AttentionWeights>;
}

/** @throws BadSafetensors, TensorMissing */
export const openGaussianDraws = (path: string): GaussianDraws => {
  const { metadata, reader } = openSafetensors(path);
  const { shape, slice } = reader('draws');
  const [count = 0, , n = 0] = shape;
  const nHeads = Number(metadata['nHeads']);
  const at = (place: number): Matrix =>
    matrix(n, n, slice(place * n * n, (place + 1) * n * n) as Float64Array);
  return {
    count,
    *triples() {
      for (let layer = 0; layer < count; layer += 1) {
        const [q, k, v] = matrixNames.map((_, part) => at(layer * matrixNames.length + part));
        yield { layer, nHeads, q: q!, k: k!, v: v! };
      }
    },
  };
};

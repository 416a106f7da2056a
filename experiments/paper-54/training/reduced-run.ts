/** Of further seeds the repository keeps what the analyses read: attention weights, and the top tokens' rows of wte. */
import { join } from 'node:path';
import {
  readSafetensors,
  type Tensor,
  tensorOf,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import {
  defineStage,
  sha256OfFile,
  type WitnessDefinition,
  type WitnessMark,
} from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { modelShape } from '../model/model-shape.ts';
import { parameterSpecs, randomParameters } from '../model/parameters.ts';

/** The rows of wte in the order of the top tokens, under this name. */
export const topRowsName = 'wte.top.weight';

const topRows = ({ dtype, shape, data }: Tensor, top: Int32Array): Tensor => {
  const width = shape[1] ?? 1;
  const rows = new Float32Array(top.length * width);
  top.forEach((id, place) => {
    rows.set(data.subarray(id * width, (id + 1) * width), place * width);
  });
  return { dtype, shape: [top.length, width], data: rows };
};

/** @param top tokens by frequency; read only where there are rows to take */
const reduce = (weights: string, parts: readonly string[], top: () => Int32Array, output: string): void => {
  const trained = readSafetensors(weights);
  const kept = Object.fromEntries(
    [...trained.tensors].filter(([name]) => parts.some((part) => name.includes(`.${part}.`))),
  );
  const rows = trained.tensors.has('wte.weight')
    ? { [topRowsName]: topRows(tensorOf(trained, 'wte.weight'), top()) }
    : {};
  writeSafetensors(output, { ...kept, ...rows }, trained.metadata);
};

const attentionPart = 'attn.c_attn';

const miniatureTop = Int32Array.of(5, 0, 11, 3);

/** A small model's weights, with and without rows to take: the same bytes on any machine. */
const reducedWitness: WitnessDefinition<
  { counts: ['counts']; trained: ['weights'] },
  { readonly parts?: string[] | undefined }
> = {
  parts: {
    miniature: {
      needsInputs: false,
      run: ({ scratch }): readonly WitnessMark[] => {
        const shape = modelShape.parse({ nLayers: 2, dModel: 8, nHeads: 2, contextLength: 4 });
        const parameters = randomParameters(shape, 12, 1, 'reduced-miniature');
        return (['F16', 'F32'] as const).flatMap((dtype) =>
          [new Set<string>(), new Set(['wte.weight'])].map((without) => {
            const weights = join(scratch, 'weights');
            const output = join(scratch, 'reduced');
            const tensors = parameterSpecs(shape, 12)
              .filter(({ name }) => !without.has(name))
              .map(({ name, shape: dims }): [string, Tensor] => [
                name,
                { dtype, shape: dims, data: parameters.get(name)! },
              ]);
            writeSafetensors(weights, Object.fromEntries(tensors), { run: 'miniature' });
            reduce(weights, [attentionPart], () => miniatureTop, output);
            return {
              at: `${dtype}, ${without.size === 0 ? 'with' : 'without'} embeddings`,
              numbers: {},
              digests: {},
              exact: { file: sha256OfFile(output) },
            };
          }),
        );
      },
    },
  },
  tolerance: {},
};

export const reducedRun = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { counts: ['counts'], trained: ['weights'] },
  outputs: { weights: 'weights.safetensors' },
  params: z.strictObject({
    /** Parts of each block that are kept, by their names in the weights; the projections alone unless given. */
    parts: z.array(z.string().min(1)).min(1).optional(),
  }),
  run: ({ inputs, outputs, params: { parts = [attentionPart] } }) =>
    reduce(inputs.trained.weights, parts, () => readCounts(inputs.counts.counts).top, outputs.weights),
  witness: reducedWitness,
});

/** A further seed's one file: its reduced weights with its attention-weighted images. */
export const seedFile = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { reduced: ['weights'], attention: ['images'] },
  outputs: { weights: 'weights.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const reduced = readSafetensors(inputs.reduced.weights);
    const { tensors } = readSafetensors(inputs.attention.images);
    writeSafetensors(outputs.weights, Object.fromEntries([...reduced.tensors, ...tensors]), reduced.metadata);
  },
});

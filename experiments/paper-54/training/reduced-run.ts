/** Of further seeds the repository keeps what the analyses read: attention weights, and the top tokens' rows of wte. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/define-stage.ts';
import { readSafetensors, type Tensor, tensorOf, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';

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

export const reducedRun = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { counts: ['counts'], trained: ['weights'] },
  outputs: { weights: 'weights.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const trained = readSafetensors(inputs.trained.weights);
    const kept = Object.fromEntries([...trained.tensors].filter(([name]) => name.includes('.attn.c_attn.')));
    const rows = trained.tensors.has('wte.weight')
      ? { [topRowsName]: topRows(tensorOf(trained, 'wte.weight'), readCounts(inputs.counts.counts).top) }
      : {};
    writeSafetensors(outputs.weights, { ...kept, ...rows }, trained.metadata);
  },
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

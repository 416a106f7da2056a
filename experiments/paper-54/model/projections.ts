import { readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';

/** c_attn of every layer, with what describes the run. */
const keepProjections = (run: string, output: string): void => {
  const { tensors, metadata } = readSafetensors(run);
  const { nLayers = '', dModel = '', nHeads = '', run: name = '', seed = '' } = metadata;
  writeSafetensors(
    output,
    Object.fromEntries([...tensors].filter(([tensor]) => tensor.endsWith('.attn.c_attn.weight'))),
    { nLayers, dModel, nHeads, run: name, seed },
  );
};

/**
 * A run's attention projections alone: whoever reads no more depends on no more, whether the run is kept whole or
 * reduced.
 */
export const projections = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { run: ['weights'] },
  outputs: { weights: 'projections.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => keepProjections(inputs.run.weights, outputs.weights),
});

/** The same of an init. */
export const projectionsOfInit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { run: ['init'] },
  outputs: { weights: 'projections.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => keepProjections(inputs.run.init, outputs.weights),
});

import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { readSafetensors, writeSafetensors } from '../../../src/numerics/safetensors.ts';

/**
 * A run's attention projections alone, with what describes the run: whoever reads no more depends on no more, whether
 * the run is kept whole or reduced.
 */
export const projections = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { run: ['weights'] },
  outputs: { weights: 'projections.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const { tensors, metadata } = readSafetensors(inputs.run.weights);
    const { nLayers = '', dModel = '', nHeads = '', run = '', seed = '' } = metadata;
    writeSafetensors(
      outputs.weights,
      Object.fromEntries([...tensors].filter(([name]) => name.endsWith('.attn.c_attn.weight'))),
      { nLayers, dModel, nHeads, run, seed },
    );
  },
});

import { readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';

/** A run's weights with those that were not trained, from its init: each is stored once, and read together. */
export const wholeRun = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { trained: ['weights'], init: ['init'] },
  outputs: { weights: 'weights.safetensors' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const trained = readSafetensors(inputs.trained.weights);
    const init = readSafetensors(inputs.init.init);
    const precision = trained.tensors.values().next().value?.dtype ?? 'F32';
    const tensors = [...init.tensors].map(([name, tensor]) => [
      name,
      trained.tensors.get(name) ?? { ...tensor, dtype: precision },
    ]);
    writeSafetensors(outputs.weights, Object.fromEntries(tensors), trained.metadata);
  },
});

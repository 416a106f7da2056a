import type { Kernels } from 'reproducible-paper/tensor/kernels';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { enterParameters } from './enter-parameters.ts';
import type { ModelShape } from './model-shape.ts';
import type { Parameters } from './parameters.ts';
import { logits, positionConstants } from './photonic-gpt.ts';

/**
 * Runs a model over batches of whole windows and shows every layer's attention probabilities.
 *
 * @param batches token ids [batch pos] each
 * @param see given layer, batch index and probabilities [batch, head, pos, pos]; row: the later token
 */
export const attentionMaps = (
  kernels: Kernels,
  shape: ModelShape,
  vocabSize: number,
  parameters: Parameters,
  batches: readonly Int32Array[],
  see: (layer: number, batch: number, probabilities: Float32Array) => void,
): void =>
  kernels.scope(() => {
    const handles = enterParameters(kernels, shape, vocabSize, parameters);
    const constants = positionConstants(kernels, shape, shape.contextLength);
    const frozen = new Map([...handles].map(([name, handle]) => [name, variable(handle, false)]));
    batches.forEach((ids, index) => {
      kernels.scope(() => {
        const batch = ids.length / shape.contextLength;
        logits(createTape(kernels), shape, frozen, constants, kernels.tensor(ids, [ids.length]), batch, {
          onAttention: (layer, probabilities) =>
            see(layer, index, kernels.read(probabilities) as Float32Array),
        });
      });
    });
  });

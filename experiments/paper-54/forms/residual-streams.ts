import type { Kernels } from '../../../src/tensor/kernels.ts';
import { createTape, type Tape, variable } from '../../../src/tensor/model/tape.ts';
import { enterParameters } from '../model/enter-parameters.ts';
import type { ModelShape } from '../model/model-shape.ts';
import type { Parameters } from '../model/parameters.ts';
import { logits, positionConstants } from '../model/photonic-gpt.ts';

/**
 * Runs a model over batches of whole windows and shows the stream that enters each layer. The model hands its tape every
 * operation's inputs; the stream is what stands before a gain of ln_1.
 *
 * @param batches token ids [batch pos] each
 * @param see given layer, batch index and the stream [batch pos, d]
 */
export const residualStreams = (
  kernels: Kernels,
  shape: ModelShape,
  vocabSize: number,
  parameters: Parameters,
  batches: readonly Int32Array[],
  see: (layer: number, batch: number, stream: Float32Array) => void,
): void =>
  kernels.scope(() => {
    const handles = enterParameters(kernels, shape, vocabSize, parameters);
    const constants = positionConstants(kernels, shape, shape.contextLength);
    const frozen = new Map([...handles].map(([name, handle]) => [name, variable(handle, false)]));
    const gains = Array.from({ length: shape.nLayers }, (_, layer) =>
      frozen.get(`blocks.${layer}.ln_1.weight`),
    );
    batches.forEach((ids, index) => {
      kernels.scope(() => {
        const tape = createTape(kernels);
        const seeing: Tape = {
          ...tape,
          record: (inputs, outputs, rule) => {
            const [x, gain] = inputs;
            const layer = gain ? gains.indexOf(gain) : -1;
            if (x && layer >= 0) see(layer, index, kernels.read(x.handle) as Float32Array);
            return tape.record(inputs, outputs, rule);
          },
        };
        const batch = ids.length / shape.contextLength;
        logits(seeing, shape, frozen, constants, kernels.tensor(ids, [ids.length]), batch);
      });
    });
  });

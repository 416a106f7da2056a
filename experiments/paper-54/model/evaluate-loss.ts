import type { Handle, Kernels } from '../../../src/tensor/kernels.ts';
import { crossEntropy } from '../../../src/tensor/operations.ts';
import { createTape, variable } from '../../../src/tensor/tape.ts';
import type { ModelShape } from './model-shape.ts';
import { type Parameters, parameterSpecs } from './parameters.ts';
import { logits, type PositionConstants } from './photonic-gpt.ts';

/** Tokens and the tokens that follow them, each [batch pos]. */
interface TokenBatch {
  readonly ids: Int32Array;
  readonly targets: Int32Array;
}

/** A run's parameters inside TensorFlow, in the order of `parameterSpecs`; the caller's scope disposes of them. */
export const enterParameters = (
  kernels: Kernels,
  shape: ModelShape,
  vocabSize: number,
  parameters: Parameters,
): ReadonlyMap<string, Handle> =>
  new Map(
    parameterSpecs(shape, vocabSize).map(({ name, shape: dims }) => {
      const data = parameters.get(name);
      if (!data) throw new Error(`internal: no values for parameter ${name}`);
      return [name, kernels.tensor(data, dims)];
    }),
  );

/**
 * Mean next-token loss in nats over batches of equal size, without gradients.
 *
 * @param parameters name -> handle
 */
export const evaluateLoss = (
  kernels: Kernels,
  shape: ModelShape,
  parameters: ReadonlyMap<string, Handle>,
  constants: PositionConstants,
  batches: readonly TokenBatch[],
): number => {
  let sum = 0;
  let tokens = 0;
  for (const { ids, targets } of batches) {
    sum += kernels.scope(() => {
      const tape = createTape(kernels);
      const frozen = new Map([...parameters].map(([name, handle]) => [name, variable(handle, false)]));
      const idsHandle = kernels.tensor(ids, [ids.length]);
      const batch = ids.length / (constants.causalMask.shape[0] ?? 1);
      const predicted = logits(tape, shape, frozen, constants, idsHandle, batch);
      const loss = crossEntropy(tape, predicted, kernels.tensor(targets, [targets.length]));
      return kernels.read(loss.handle)[0]! * ids.length;
    });
    tokens += ids.length;
  }
  return sum / tokens;
};

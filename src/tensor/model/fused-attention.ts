import type { Attention } from './attention.ts';
import { composedAttention } from './composed-attention.ts';
import { createTape, variable } from './tape.ts';

export const attentionKernel = 'PaperCausalAttention';
export const attentionGradientKernel = 'PaperCausalAttentionGradient';

const noAttributes = {};

/**
 * Attention by one kernel of our own, and its gradient by another: no score leaves the processor's cache. The same
 * numbers as `composedAttention` but for rounding.
 */
export const fusedAttention: Attention = (tape, qkv, positions, batch) => {
  const { kernels } = tape;
  const { queryRotation, keyRotation } = positions;
  const given = [qkv.handle, queryRotation, keyRotation];
  const [mixed, logSums] = kernels.run(attentionKernel, given, noAttributes, 2);
  const [attended] = tape.record([qkv], [mixed!], ([dMixed]) => [
    () => kernels.run(attentionGradientKernel, [...given, mixed!, logSums!, dMixed!], noAttributes)[0]!,
  ]);
  return {
    mixed: attended!,
    probabilities: () =>
      composedAttention(createTape(kernels), variable(qkv.handle, false), positions, batch).probabilities(),
  };
};

import type { Handle, Kernels } from '../kernels.ts';

export const crossEntropyKernel = 'PaperCrossEntropy';

const noAttributes = {};

export interface RowLosses {
  /** [n], in nats */
  readonly losses: Handle;
  /** Gives their gradient with respect to the logits: softmax(logits), less 1 at the targets, [n, vocab]. */
  readonly slopes: () => Handle;
}

/**
 * Cross-entropy by one kernel of our own.
 *
 * @param logits [n, vocab]; in a graph their memory is taken over where nobody else uses them
 * @param targets int32 [n]
 */
export const fusedCrossEntropy = (kernels: Kernels, logits: Handle, targets: Handle): RowLosses => {
  const [losses, slopes] = kernels.run(crossEntropyKernel, [logits, targets], noAttributes, 2);
  return { losses: losses!, slopes: () => slopes! };
};

import type { Handle, Kernels } from '../kernels.ts';

export const layerNormKernel = 'PaperLayerNorm';
export const layerNormGradientKernel = 'PaperLayerNormGradient';

export interface NormalizedRows {
  /** [n, d] */
  readonly y: Handle;
  /** From dy [n, d]: dx [n, d], and of gain and bias, [d] each. */
  readonly gradients: (dy: Handle) => {
    readonly dx: Handle;
    readonly dGain: () => Handle;
    readonly dBias: () => Handle;
  };
}

const noAttributes = {};

/**
 * Layer normalisation by one kernel of our own, and its gradients by another: the same numbers as those composed of
 * TensorFlow's kernels but for rounding. In a graph dx takes the memory of dy over where nobody else uses that.
 *
 * @param x [n, d]
 * @param gain [d]
 * @param bias [d]
 */
export const fusedLayerNorm = (kernels: Kernels, x: Handle, gain: Handle, bias: Handle): NormalizedRows => {
  const [y, mean, inverse] = kernels.run(layerNormKernel, [x, gain, bias], noAttributes, 3);
  return {
    y: y!,
    gradients: (dy) => {
      const given = [x, gain, mean!, inverse!, dy];
      const [dx, dGain, dBias] = kernels.run(layerNormGradientKernel, given, noAttributes, 3);
      return { dx: dx!, dGain: () => dGain!, dBias: () => dBias! };
    },
  };
};

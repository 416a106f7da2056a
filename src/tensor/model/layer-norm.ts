import { takesOwnKernels } from '../chosen-kernels.ts';
import type { Handle, Kernels } from '../kernels.ts';
import { fusedLayerNorm, type NormalizedRows } from './fused-layer-norm.ts';
import { first, primitives } from './primitives.ts';
import type { Tape, Variable } from './tape.ts';

const epsilon = 1e-5;

const composedLayerNorm = (kernels: Kernels, x: Handle, gain: Handle, bias: Handle): NormalizedRows => {
  const [y, normal, inverse] = kernels.section(
    'layer_norm',
    [x, gain, bias],
    (inner, [entries, scale, shift]) => {
      const { one, add, subtract, multiply, meanLast, scalar } = primitives(inner);
      const centred = subtract(entries!, meanLast(entries!)); // [n, d]
      const variance = meanLast(one('Square', [centred])); // [n, 1]
      const inverseSd = one('Rsqrt', [add(variance, scalar(epsilon))]); // [n, 1]
      const unit = multiply(centred, inverseSd); // [n, d]
      return [add(multiply(unit, scale!), shift!), unit, inverseSd];
    },
  );
  const { sumRows } = primitives(kernels);
  return {
    y: y!,
    gradients: (dy) => {
      const [dx, alongNormal] = kernels.section(
        'layer_norm_gradient',
        [normal!, inverse!, gain, dy],
        (inner, [unit, inverseSd, scale, dOut]) => {
          const { subtract, multiply, meanLast } = primitives(inner);
          const dUnit = multiply(dOut!, scale!); // [n, d]
          const along = multiply(unit!, meanLast(multiply(dUnit, unit!)));
          const across = subtract(subtract(dUnit, meanLast(dUnit)), along);
          return [multiply(inverseSd!, across), multiply(dOut!, unit!)];
        },
      );
      return { dx: dx!, dGain: () => sumRows(alongNormal!), dBias: () => sumRows(dy) };
    },
  };
};

/** Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): x [n, d], gain [d], bias [d] -> [n, d]. */
export const layerNorm = (tape: Tape, x: Variable, gain: Variable, bias: Variable): Variable => {
  const normalize = takesOwnKernels('training') ? fusedLayerNorm : composedLayerNorm;
  const { y, gradients } = normalize(tape.kernels, x.handle, gain.handle, bias.handle);
  return first(
    tape.record([x, gain, bias], [y], ([dy]) => {
      const { dx, dGain, dBias } = gradients(dy!);
      return [() => dx, dGain, dBias];
    }),
  );
};

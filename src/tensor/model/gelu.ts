import { takesOwnKernels } from '../chosen-kernels.ts';
import type { Handle, Kernels } from '../kernels.ts';
import { type Activation, fusedGelu } from './fused-gelu.ts';
import { first, primitives } from './primitives.ts';
import type { Tape, Variable } from './tape.ts';

const slopeAtZero = 2 * Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

/** sigmoid(u), u = 2 sqrt(2/pi) (x + 0.044715 x^3), and x^2. */
const gateOf = (kernels: Kernels, x: Handle): { readonly gate: Handle; readonly square: Handle } => {
  const { one, add, multiply, scalar } = primitives(kernels);
  const square = one('Square', [x]);
  const polynomial = add(multiply(square, scalar(slopeAtZero * cubic)), scalar(slopeAtZero));
  return { gate: one('Sigmoid', [multiply(x, polynomial)]), square };
};

/** The gradient computes the gate again: that costs less than to keep it. */
const composedGelu: Activation = {
  value: (kernels, x) => {
    const [y] = kernels.section('gelu', [x], (inner, [entries]) => [
      primitives(inner).multiply(entries!, gateOf(inner, entries!).gate),
    ]);
    return y!;
  },
  gradient: (kernels, x, dy) => {
    const [dx] = kernels.section('gelu_gradient', [x, dy], (inner, [entries, dOut]) => {
      const { add, subtract, multiply, scalar } = primitives(inner);
      const { gate, square } = gateOf(inner, entries!);
      const slope = add(multiply(square, scalar(3 * slopeAtZero * cubic)), scalar(slopeAtZero)); // du/dx
      const bend = multiply(multiply(multiply(entries!, gate), subtract(scalar(1), gate)), slope);
      return [multiply(dOut!, add(gate, bend))];
    });
    return dx!;
  },
};

/** GELU in its tanh form (Hendrycks and Gimpel 2016), as x sigmoid(u): x [n, d] -> [n, d]. */
export const gelu = (tape: Tape, x: Variable): Variable => {
  const { kernels } = tape;
  const { value, gradient } = takesOwnKernels('training') ? fusedGelu : composedGelu;
  return first(
    tape.record([x], [value(kernels, x.handle)], ([dy]) => [() => gradient(kernels, x.handle, dy!)]),
  );
};

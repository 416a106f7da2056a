/**
 * Reverse-mode differentiation: operations leave on a tape how a gradient with respect to their output becomes
 * gradients with respect to their inputs; the tape is then walked backwards.
 */
import { type Handle, type Kernels, runOne } from '../kernels.ts';

/** A tensor in a computation. */
export interface Variable {
  readonly handle: Handle;
  /** Whether anything that is trained stands behind it. */
  readonly trained: boolean;
}

/** For each input, how to compute its gradient; only those that are needed are called. */
export type GradientRule = (outputGradients: readonly Handle[]) => readonly (() => Handle)[];

interface Entry {
  readonly inputs: readonly Variable[];
  readonly outputs: readonly Variable[];
  readonly rule: GradientRule;
}

export interface Tape {
  readonly kernels: Kernels;
  /** The gradient of a loss with respect to itself: a rule that is given it need not multiply by it. */
  readonly one: Handle;
  /** Wraps an operation's outputs, and keeps its rule where something trained stands behind its inputs. */
  record(inputs: readonly Variable[], outputs: readonly Handle[], rule: GradientRule): readonly Variable[];
  /**
   * d loss / d parameter, for each parameter, in its order.
   *
   * @param loss a scalar
   * @returns new handles, of each parameter's shape; the caller's scope disposes of them
   */
  gradients(loss: Variable, parameters: readonly Variable[]): readonly Handle[];
}

const float = { T: { type: 'float32' } } as const;

/** A parameter, or a constant when it is not trained. */
export const variable = (handle: Handle, trained: boolean): Variable => ({ handle, trained });

export const createTape = (kernels: Kernels): Tape => {
  const entries: Entry[] = [];
  const one = kernels.tensor(Float32Array.of(1), []);
  return {
    kernels,
    one,
    record: (inputs, outputs, rule) => {
      const trained = inputs.some((input) => input.trained);
      const wrapped = outputs.map((handle) => variable(handle, trained));
      if (trained) entries.push({ inputs, outputs: wrapped, rule });
      return wrapped;
    },
    gradients: (loss, parameters) => {
      const found = new Map<Variable, Handle>();
      const addTo = (target: Variable, gradient: Handle): void => {
        const earlier = found.get(target);
        found.set(target, earlier ? runOne(kernels, 'AddV2', [earlier, gradient], float) : gradient);
      };
      addTo(loss, one);
      for (const { inputs, outputs, rule } of entries.toReversed()) {
        if (!outputs.some((output) => found.has(output))) continue;
        const gradientOf = (output: Variable): Handle =>
          found.get(output) ?? runOne(kernels, 'ZerosLike', [output.handle], float);
        const thunks = rule(outputs.map(gradientOf));
        inputs.forEach((input, index) => {
          const compute = thunks[index];
          if (input.trained && compute) addTo(input, compute());
        });
      }
      return parameters.map(
        (parameter) => found.get(parameter) ?? runOne(kernels, 'ZerosLike', [parameter.handle], float),
      );
    },
  };
};

/**
 * AdamW (Loshchilov and Hutter 2019) on TensorFlow's own resource variables: one fused kernel a parameter.
 */
import { type Handle, type Kernels, runOne } from './kernels.ts';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** Decoupled, on parameters of rank two; gains and biases are not decayed. */
  readonly weightDecay: number;
}

/** What a checkpoint keeps of one parameter. */
export interface ParameterState {
  readonly value: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface AdamW {
  /** The parameters as they stand, in order; the caller's scope disposes of the handles. */
  read(): readonly Handle[];
  /** One step against gradients in the parameters' order; `step` counts from 1. */
  apply(gradients: readonly Handle[], learningRate: number, step: number): void;
  state(): readonly ParameterState[];
  dispose(): void;
}

const dtype = { type: 'float32' } as const;
// The kernel divides by sqrt(second) + epsilon, with both moments' bias corrected through the rate.
const epsilon = 1e-8;
let created = 0;

/** @param start value and moments of each parameter, with its shape */
export const createAdamW = (
  kernels: Kernels,
  start: readonly (ParameterState & { readonly shape: readonly number[] })[],
  { beta1, beta2, weightDecay }: AdamWOptions,
): AdamW => {
  const createVariable = (data: Float32Array, shape: readonly number[]): Handle => {
    created += 1;
    const resource = runOne(kernels, 'VarHandleOp', [], {
      dtype,
      shape: { shape },
      container: '',
      shared_name: `parameter-${created}`,
    });
    const value = kernels.tensor(data, shape);
    kernels.run('AssignVariableOp', [resource, value], { dtype }, 0);
    kernels.dispose([value]);
    return resource;
  };
  const variables = start.map(({ value, first, second, shape }) => ({
    value: createVariable(value, shape),
    first: createVariable(first, shape),
    second: createVariable(second, shape),
    decays: shape.length === 2,
  }));
  const readVariable = (resource: Handle): Handle => runOne(kernels, 'ReadVariableOp', [resource], { dtype });
  const dataOf = (resource: Handle): Float32Array =>
    kernels.scope(() => Float32Array.from(kernels.read(readVariable(resource))));
  return {
    read: () => variables.map(({ value }) => readVariable(value)),
    apply: (gradients, learningRate, step) =>
      kernels.scope(() => {
        const scalar = (value: number): Handle => kernels.tensor(Float32Array.of(value), []);
        const settings = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, epsilon].map(scalar);
        const decay = scalar(learningRate * weightDecay);
        variables.forEach(({ value, first, second, decays }, index) => {
          if (decays && weightDecay > 0) {
            const loss = runOne(kernels, 'Mul', [readVariable(value), decay], { T: dtype });
            kernels.run('AssignSubVariableOp', [value, loss], { dtype }, 0);
          }
          const inputs = [value, first, second, ...settings, gradients[index]!];
          kernels.run('ResourceApplyAdam', inputs, { T: dtype, use_locking: false, use_nesterov: false }, 0);
        });
      }),
    state: () =>
      variables.map(({ value, first, second }) => ({
        value: dataOf(value),
        first: dataOf(first),
        second: dataOf(second),
      })),
    dispose: () => {
      for (const { value, first, second } of variables) {
        for (const resource of [value, first, second])
          kernels.run('DestroyResourceOp', [resource], { ignore_lookup_error: true }, 0);
        kernels.dispose([value, first, second]);
      }
    },
  };
};

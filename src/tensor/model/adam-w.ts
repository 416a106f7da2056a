/**
 * AdamW (Loshchilov and Hutter 2019) on TensorFlow's own resource variables: one fused kernel a parameter.
 */
import { type Handle, type Kernels, runOne } from '../kernels.ts';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  /** Decoupled, on parameters of rank two; gains and biases are not decayed. */
  readonly weightDecay: number;
}

/** A parameter with its moments, as resource handles; they live as long as the kernels' session. */
export interface AdamWVariable {
  readonly value: Handle;
  readonly first: Handle;
  readonly second: Handle;
}

/** What changes from step to step: scalars. */
export interface AdamWRates {
  readonly learningRate: Handle;
  /** beta1 and beta2 to the power of the step, counted from 1. */
  readonly beta1Power: Handle;
  readonly beta2Power: Handle;
}

const T = { type: 'float32' } as const;
const dtype = T;
// The kernel divides by sqrt(second) + epsilon, with both moments' bias corrected through the rate.
const epsilon = 1e-8;

/** A float32 variable without a value as yet. */
export const resourceVariable = (kernels: Kernels, name: string, shape: readonly number[]): Handle =>
  runOne(kernels, 'VarHandleOp', [], { dtype, shape: { shape }, container: '', shared_name: name });

export const readVariable = (kernels: Kernels, resource: Handle): Handle =>
  runOne(kernels, 'ReadVariableOp', [resource], { dtype });

export const assignVariable = (kernels: Kernels, resource: Handle, value: Handle): void => {
  kernels.run('AssignVariableOp', [resource, value], { dtype }, 0);
};

export const adamWVariable = (kernels: Kernels, name: string, shape: readonly number[]): AdamWVariable => ({
  value: resourceVariable(kernels, `${name}/value`, shape),
  first: resourceVariable(kernels, `${name}/first`, shape),
  second: resourceVariable(kernels, `${name}/second`, shape),
});

/** One step. @param gradients in the variables' order */
export const applyAdamW = (
  kernels: Kernels,
  variables: readonly AdamWVariable[],
  gradients: readonly Handle[],
  { learningRate, beta1Power, beta2Power }: AdamWRates,
  { beta1, beta2, weightDecay }: AdamWOptions,
): void => {
  const scalar = (value: number): Handle => kernels.tensor(Float32Array.of(value), []);
  const decay = runOne(kernels, 'Mul', [learningRate, scalar(weightDecay)], { T });
  const kept = runOne(kernels, 'Sub', [scalar(1), decay], { T });
  const rates = [beta1Power, beta2Power, learningRate, scalar(beta1), scalar(beta2), scalar(epsilon)];
  variables.forEach(({ value, first, second }, index) => {
    if (value.shape.length === 2 && weightDecay > 0) {
      // Assigning takes the product's memory over; to subtract in place would be two passes more.
      assignVariable(kernels, value, runOne(kernels, 'Mul', [readVariable(kernels, value), kept], { T }));
    }
    const inputs = [value, first, second, ...rates, gradients[index]!];
    kernels.run('ResourceApplyAdam', inputs, { T, use_locking: false, use_nesterov: false }, 0);
  });
};

/**
 * Scales gradients so that their global norm is at most `limit`; gives the norm before that, too.
 *
 * @param share by which all gradients are multiplied first, for example one over the rows of a summed loss
 */
export const clipByGlobalNorm = (
  kernels: Kernels,
  gradients: readonly Handle[],
  limit: number,
  share = 1,
): { readonly norm: Handle; readonly clipped: readonly Handle[] } => {
  const scalar = (value: number): Handle => kernels.tensor(Float32Array.of(value), []);
  const halves = gradients.map((gradient) => runOne(kernels, 'L2Loss', [gradient], { T })); // sum g^2 / 2
  const sum = runOne(kernels, 'AddN', halves, { N: halves.length, T });
  const norm = runOne(kernels, 'Sqrt', [runOne(kernels, 'Mul', [sum, scalar(2 * share ** 2)], { T })], { T });
  const room = runOne(kernels, 'RealDiv', [scalar(limit), norm], { T });
  const clip = runOne(kernels, 'Minimum', [room, scalar(1)], { T });
  const factor = runOne(kernels, 'Mul', [clip, scalar(share)], { T });
  return { norm, clipped: gradients.map((gradient) => runOne(kernels, 'Mul', [gradient, factor], { T })) };
};

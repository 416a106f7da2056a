import type { Handle, Kernels } from 'reproducible-paper/tensor/kernels';
import type { ModelShape } from './model-shape.ts';
import { type Parameters, parameterSpecs } from './parameters.ts';

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

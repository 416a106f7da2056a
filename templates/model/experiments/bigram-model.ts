/**
 * A model of the next token: an embedding of the last one, GELU, and a linear layer. Loss: cross-entropy in nats a token.
 * TensorFlow's kernels run one by one inside a scope, which disposes of what is not kept.
 */
import type { Tensor } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { runOne } from 'reproducible-paper/tensor/kernels';
import { gelu } from 'reproducible-paper/tensor/model/gelu';
import { crossEntropy, embed, linear } from 'reproducible-paper/tensor/model/operations';
import { createTape, type Tape, variable } from 'reproducible-paper/tensor/model/tape';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';

export interface Shape {
  readonly vocabSize: number;
  readonly width: number;
}

/** Name -> numbers, in the order of `parameterShapes`. */
export type Parameters = Readonly<Record<string, Float32Array>>;

export const parameterShapes = ({
  vocabSize,
  width,
}: Shape): Readonly<Record<string, readonly number[]>> => ({
  embedding: [vocabSize, width],
  weight: [vocabSize, width],
  bias: [vocabSize],
});

/** Normal numbers of standard deviation one over the root of the width; biases are zero. */
export const initialParameters = (shape: Shape, seed: number): Parameters =>
  Object.fromEntries(
    Object.entries(parameterShapes(shape)).map(([name, sizes]) => {
      const count = sizes.reduce((product, size) => product * size, 1);
      const scale = name === 'bias' ? 0 : 1 / Math.sqrt(shape.width);
      const normals = seededRandom(seed, `initial/${name}`).normals(count);
      return [name, Float32Array.from(normals, (x) => x * scale)];
    }),
  );

export const asTensors = (shape: Shape, parameters: Parameters): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(
    Object.entries(parameterShapes(shape)).map(([name, sizes]) => [
      name,
      { dtype: 'F32', shape: sizes, data: parameters[name]! },
    ]),
  );

/** The loss, summed over positions, and the variables that it is of. */
const forward = (tape: Tape, shape: Shape, parameters: Parameters, tokens: Int32Array) => {
  const { kernels } = tape;
  const count = tokens.length - 1;
  const variables = Object.entries(parameterShapes(shape)).map(([name, sizes]) =>
    variable(kernels.tensor(parameters[name]!, sizes), true),
  );
  const [embedding, weight, bias] = variables;
  const ids = kernels.tensor(tokens.slice(0, -1), [count]);
  const targets = kernels.tensor(tokens.slice(1), [count]);
  const hidden = gelu(tape, embed(tape, embedding!, ids)); // [pos, width]
  return { loss: crossEntropy(tape, linear(tape, hidden, weight!, bias!), targets), variables, count };
};

/** Mean loss, in nats a token. @param tokens [length], two at least */
export const lossNats = (shape: Shape, parameters: Parameters, tokens: Int32Array): number => {
  const kernels = nativeKernels();
  return kernels.scope(() => {
    const { loss, count } = forward(createTape(kernels), shape, parameters, tokens);
    return kernels.read(loss.handle)[0]! / count;
  });
};

/** One step of gradient descent on the mean loss. @returns the parameters after it */
export const stepDown = (
  shape: Shape,
  parameters: Parameters,
  tokens: Int32Array,
  learningRate: number,
): Parameters => {
  const kernels = nativeKernels();
  const T = { type: 'float32' } as const;
  return kernels.scope(() => {
    const tape = createTape(kernels);
    const { loss, variables, count } = forward(tape, shape, parameters, tokens);
    const rate = kernels.tensor(Float32Array.of(learningRate / count), []);
    const after = tape.gradients(loss, variables).map((gradient, at) => {
      const change = runOne(kernels, 'Mul', [gradient, rate], { T });
      const moved = runOne(kernels, 'Sub', [variables[at]!.handle, change], { T });
      return Float32Array.from(kernels.read(moved));
    });
    return Object.fromEntries(Object.keys(parameterShapes(shape)).map((name, at) => [name, after[at]!]));
  });
};

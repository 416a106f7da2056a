import { expect, test } from 'vitest';
import {
  adamWVariable,
  applyAdamW,
  assignVariable,
  clipByGlobalNorm,
  readVariable,
} from '../../../../../src/tensor/model/adam-w.ts';
import { compileGraph } from '../../../../../src/tensor/model/compiled-graph.ts';
import { createGraphRecorder } from '../../../../../src/tensor/model/graph-recorder.ts';

const options = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1 };
const start = { weight: [0.5, -1, 2, 0.25], bias: [0.1, -0.2] };
const gradients = [
  { weight: [3, -4, 0, 1], bias: [2, 0.5] },
  { weight: [0.1, 0.2, -0.3, 0], bias: [0, 0.01] },
  { weight: [-1, 1, 1, -1], bias: [-0.5, 0.5] },
];
const learningRate = 0.01;
const limit = 1;

/** AdamW as Loshchilov and Hutter print it (algorithm 2), with clipping before it, in float64. */
const naive = () => {
  const values = { weight: [...start.weight], bias: [...start.bias] };
  const moments = { weight: start.weight.map(() => [0, 0]), bias: start.bias.map(() => [0, 0]) };
  const norms: number[] = [];
  gradients.forEach((gradient, index) => {
    const step = index + 1;
    const norm = Math.hypot(...gradient.weight, ...gradient.bias);
    norms.push(norm);
    for (const name of ['weight', 'bias'] as const) {
      values[name] = values[name].map((value, at) => {
        const g = gradient[name][at]! * Math.min(1, limit / norm);
        const [m, v] = moments[name][at] as [number, number];
        const first = options.beta1 * m + (1 - options.beta1) * g;
        const second = options.beta2 * v + (1 - options.beta2) * g * g;
        moments[name][at] = [first, second];
        const corrected = first / (1 - options.beta1 ** step);
        const scale = Math.sqrt(second / (1 - options.beta2 ** step)) + 1e-8;
        const decayed = name === 'weight' ? value * (1 - learningRate * options.weightDecay) : value;
        return decayed - (learningRate * corrected) / scale;
      });
    }
  });
  return { values, norms };
};

test('clipping and AdamW are those of a naive loop; gains and biases do not decay', () => {
  const recorder = createGraphRecorder();
  const { kernels } = recorder;
  const shapes = { weight: [2, 2], bias: [2] } as const;
  const variables = (['weight', 'bias'] as const).map((name) => adamWVariable(kernels, name, shapes[name]));
  const scalar = { dtype: 'float32', shape: [] } as const;
  const inputs = {
    weight: { dtype: 'float32', shape: shapes.weight },
    bias: { dtype: 'float32', shape: shapes.bias },
  } as const;
  recorder.endpoint('start', inputs, ({ weight, bias }) => {
    [weight, bias].forEach((given, index) => {
      const { value, first, second } = variables[index]!;
      const zeros = kernels.run('ZerosLike', [given!], { T: { type: 'float32' } })[0]!;
      assignVariable(kernels, value, given!);
      assignVariable(kernels, first, zeros);
      assignVariable(kernels, second, zeros);
    });
    return { weight: weight! };
  });
  recorder.endpoint('step', { ...inputs, beta1Power: scalar, beta2Power: scalar, rate: scalar }, (given) => {
    const { norm, clipped } = clipByGlobalNorm(kernels, [given['weight']!, given['bias']!], limit);
    const rates = {
      learningRate: given['rate']!,
      beta1Power: given['beta1Power']!,
      beta2Power: given['beta2Power']!,
    };
    applyAdamW(kernels, variables, clipped, rates, options);
    const [weight, bias] = variables.map(({ value }) => readVariable(kernels, value));
    return { norm, weight: weight!, bias: bias! };
  });
  const graph = compileGraph(recorder.finish());
  const floats = (numbers: readonly number[]): Float32Array => Float32Array.from(numbers);
  graph.run('start', { weight: floats(start.weight), bias: floats(start.bias) });
  const found = gradients.map((gradient, index) =>
    graph.run('step', {
      weight: floats(gradient.weight),
      bias: floats(gradient.bias),
      rate: floats([learningRate]),
      beta1Power: floats([options.beta1 ** (index + 1)]),
      beta2Power: floats([options.beta2 ** (index + 1)]),
    }),
  );
  const expected = naive();
  const close = (received: Float32Array | undefined, wanted: readonly number[]): void => {
    // float32 on numbers near 1, over three steps. The kernel adds epsilon before the bias correction, which
    // differs by 1e-8 of the scale.
    for (const [at, number] of wanted.entries()) expect(received?.[at]).toBeCloseTo(number, 5);
  };
  close(floats(found.map(({ norm }) => norm![0]!)), expected.norms);
  close(found.at(-1)!['weight'], expected.values.weight);
  close(found.at(-1)!['bias'], expected.values.bias);
  graph.dispose();
});

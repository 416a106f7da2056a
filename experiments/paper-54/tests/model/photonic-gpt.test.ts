import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { kernelsVariable } from 'reproducible-paper/tensor/chosen-kernels';
import { crossEntropy } from 'reproducible-paper/tensor/model/operations';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { afterEach, expect, test, vi } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { enterParameters } from '../../model/enter-parameters.ts';
import { createLossGraph } from '../../model/loss-graph.ts';
import { modelShape } from '../../model/model-shape.ts';
import {
  type Parameters,
  parameterCount,
  parameterSpecs,
  parameterTensors,
  randomParameters,
  readParameters,
  sizeOf,
} from '../../model/parameters.ts';
import { logits, positionConstants } from '../../model/photonic-gpt.ts';
import { naiveLogits, naiveLoss } from './naive-gpt.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Name, and the work that our own kernels do. */
const kernelSets = [
  ['library', ''],
  ['own', 'training'],
] as const;

const shape = modelShape.parse({ nLayers: 2, dModel: 8, nHeads: 2, contextLength: 5 });
const vocabSize = 11;
const ids = [
  [1, 4, 4, 9, 0],
  [10, 2, 7, 1, 3],
];
const targets = [
  [4, 4, 9, 0, 6],
  [2, 7, 1, 3, 8],
];

/** Larger than a real init, so that attention is far from uniform, and no gain or bias is trivial. */
const parameters: Parameters = new Map(
  parameterSpecs(shape, vocabSize).map(({ name, shape: dims }) => {
    const random = seededRandom(5, name);
    const offset = name.endsWith('.weight') && name.includes('ln_') ? 1 : 0;
    return [name, Float32Array.from({ length: sizeOf(dims) }, () => offset + 0.3 * random.normal())];
  }),
);
const naive = new Map([...parameters].map(([name, data]) => [name, Float64Array.from(data)]));

test.each(kernelSets)('logits by %s kernels are those of naive loops', (_, own) => {
  vi.stubEnv(kernelsVariable, own);
  const kernels = nativeKernels();
  const before = kernels.count();
  kernels.scope(() => {
    const handles = enterParameters(kernels, shape, vocabSize, parameters);
    const constants = positionConstants(kernels, shape, 5);
    const frozen = new Map([...handles].map(([name, handle]) => [name, variable(handle, false)]));
    const tokens = kernels.tensor(Int32Array.from(ids.flat()), [10]);
    const found = kernels.read(logits(createTape(kernels), shape, frozen, constants, tokens, 2).handle);
    const expected = ids.flatMap((sequence) => naiveLogits(shape, naive, sequence)).flat();
    // float32 against float64 over some hundred operations on numbers near 1.
    for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 4);
  });
  expect(kernels.count()).toBe(before);
});

test.each(kernelSets)(
  'the loss graph, of %s kernels, gives the loss of naive loops, for each model that it is loaded with',
  (_, own) => {
    vi.stubEnv(kernelsVariable, own);
    const kernels = nativeKernels();
    const graph = createLossGraph(shape, vocabSize, 2);
    const before = kernels.count();
    const batches = [
      { ids: Int32Array.from(ids.flat()), targets: Int32Array.from(targets.flat()) },
      { ids: Int32Array.from(targets.flat()), targets: Int32Array.from(ids.flat()) },
    ];
    const expected = (of: typeof naive): number =>
      (naiveLoss(shape, of, ids, targets) + naiveLoss(shape, of, targets, ids)) / 2;
    graph.load(parameters);
    // float32 against float64.
    expect(graph.meanLoss(batches)).toBeCloseTo(expected(naive), 5);
    const other = randomParameters(shape, vocabSize, 1, 'v1');
    graph.load(other);
    const naiveOther = new Map([...other].map(([name, data]) => [name, Float64Array.from(data)]));
    expect(graph.meanLoss(batches)).toBeCloseTo(expected(naiveOther), 5);
    expect(kernels.count()).toBe(before);
    graph.dispose();
  },
);

test.each(kernelSets)(
  'the gradient of every parameter, by %s kernels, is that of finite differences of the naive loss',
  (_, own) => {
    vi.stubEnv(kernelsVariable, own);
    const kernels = nativeKernels();
    const specs = parameterSpecs(shape, vocabSize);
    const gradients = kernels.scope(() => {
      const handles = enterParameters(kernels, shape, vocabSize, parameters);
      const variables = new Map([...handles].map(([name, handle]) => [name, variable(handle, true)]));
      const tape = createTape(kernels);
      const tokens = kernels.tensor(Int32Array.from(ids.flat()), [10]);
      const predicted = logits(tape, shape, variables, positionConstants(kernels, shape, 5), tokens, 2);
      const loss = crossEntropy(tape, predicted, kernels.tensor(Int32Array.from(targets.flat()), [10]));
      const found = tape.gradients(
        loss,
        specs.map(({ name }) => variables.get(name)!),
      );
      return new Map(specs.map(({ name }, index) => [name, Float32Array.from(kernels.read(found[index]!))]));
    });
    const step = 1e-5;
    for (const { name } of specs) {
      const data = naive.get(name)!;
      // Three entries of each parameter: the first, the last, and one between.
      for (const at of new Set([0, Math.floor(data.length / 2.7), data.length - 1])) {
        const kept = data[at]!;
        const lossAt = (value: number): number => {
          data[at] = value;
          return ids.flat().length * naiveLoss(shape, naive, ids, targets);
        };
        const difference = (lossAt(kept + step) - lossAt(kept - step)) / (2 * step);
        data[at] = kept;
        // Central differences are good to some 1e-9 here; the rest is float32.
        expect(gradients.get(name)![at], `${name}[${at}]`).toBeCloseTo(difference, 4);
      }
    }
  },
);

test("the paper's size gives 10,160,384 parameters", () => {
  const paper = modelShape.parse({ nLayers: 8, dModel: 256, nHeads: 8, contextLength: 256 });
  expect(parameterCount(paper, 15_007)).toBe(10_160_384);
});

test('two runs of one seed start from different draws of one family', () => {
  const [a, b] = ['v1', 'ct-sft'].map((run) => randomParameters(shape, vocabSize, 1, run).get('wte.weight')!);
  expect(a).not.toEqual(b);
  expect(randomParameters(shape, vocabSize, 1, 'v1').get('wte.weight')).toEqual(a);
});

test('weights of a model of another shape are refused by parameter', () => {
  const tensors = parameterTensors(shape, vocabSize, parameters);
  const file = { path: 'v1.safetensors', tensors: new Map(Object.entries(tensors)), metadata: {} };
  expect(readParameters(file, shape, vocabSize).get('ln_f.bias')).toEqual(parameters.get('ln_f.bias'));
  expect(errorText(() => readParameters(file, shape, 12))).toBe(
    [
      'WeightsOfAnotherShape: the weights in v1.safetensors are of a model of another shape.',
      '  wte.weight: expected [12, 8]; received [11, 8]',
      '  hint: use the weights that were trained with this configuration, or train them again.',
    ].join('\n'),
  );
});

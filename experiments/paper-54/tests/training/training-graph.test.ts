import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { kernelsVariable } from 'reproducible-paper/tensor/chosen-kernels';
import type { Attributes, Handle, Kernels } from 'reproducible-paper/tensor/kernels';
import { crossEntropy } from 'reproducible-paper/tensor/model/operations';
import { recordedOperations } from 'reproducible-paper/tensor/model/output-shapes';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { afterEach, expect, test, vi } from 'vitest';
import { enterParameters } from '../../model/enter-parameters.ts';
import { createLossGraph } from '../../model/loss-graph.ts';
import { modelShape } from '../../model/model-shape.ts';
import { parameterSpecs, randomParameters } from '../../model/parameters.ts';
import { logits, positionConstants } from '../../model/photonic-gpt.ts';
import { createTrainingGraph } from '../../training/training-graph.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Name, and the work that our own kernels do. */
const kernelSets = [
  ['library', ''],
  ['own', 'training'],
] as const;

const shape = modelShape.parse({ nLayers: 2, dModel: 16, nHeads: 2, contextLength: 8 });
const vocabSize = 31;
const batchSize = 3;
const specs = parameterSpecs(shape, vocabSize);
const start = randomParameters(shape, vocabSize, 1, 'v1');
const random = seededRandom(2, 'tokens');
const tokens = (): Int32Array =>
  Int32Array.from({ length: batchSize * shape.contextLength }, () => random.integer(vocabSize));
const batch = { ids: tokens(), targets: tokens() };
// With both betas at zero the moments after a step are the gradient and its square.
const options = { batchSize, gradientClip: 1e9, beta1: 0, beta2: 0, weightDecay: 0 };

/** Loss and gradients, operation by operation. */
const byOperation = (kernels: Kernels) =>
  kernels.scope(() => {
    const handles = enterParameters(kernels, shape, vocabSize, start);
    const variables = new Map([...handles].map(([name, handle]) => [name, variable(handle, true)]));
    const tape = createTape(kernels);
    const ids = kernels.tensor(batch.ids, [batch.ids.length]);
    const constants = positionConstants(kernels, shape, shape.contextLength);
    const predicted = logits(tape, shape, variables, constants, ids, batchSize);
    const loss = crossEntropy(tape, predicted, kernels.tensor(batch.targets, [batch.targets.length]));
    const gradients = tape.gradients(
      loss,
      specs.map(({ name }) => variables.get(name)!),
    );
    return {
      loss: kernels.read(loss.handle)[0]! / batch.ids.length,
      // Of the sum over tokens, as the loss is.
      gradients: gradients.map((gradient) =>
        Float32Array.from(kernels.read(gradient), (g) => g / batch.ids.length),
      ),
    };
  });

test.each(kernelSets)(
  'the graph, of %s kernels, computes the loss and the gradients that its operations give one by one',
  (_, own) => {
    vi.stubEnv(kernelsVariable, own);
    const kernels = nativeKernels();
    const expected = byOperation(kernels);
    const graph = createTrainingGraph(shape, specs, [], options);
    graph.start(
      specs.map(({ name }) => start.get(name)!),
      [],
    );
    // XLA sums in another order: some float32 units in the last place.
    expect(graph.loss(batch)).toBeCloseTo(expected.loss, 5);
    const { loss, gradientNorm } = graph.step(batch, 1e-3, 1);
    expect(loss).toBeCloseTo(expected.loss, 5);
    const squares = expected.gradients.flatMap((gradient) => [...gradient].map((g) => g * g));
    // Sums of some thousand float32 squares.
    expect(gradientNorm).toBeCloseTo(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)), 5);
    graph.read('first').forEach((first, index) => {
      const wanted = expected.gradients[index]!;
      const size = Math.max(...wanted.map(Math.abs));
      // The same operations in another order of sums: float32 rounding, relative to the largest entry.
      for (const [at, g] of wanted.entries())
        expect(Math.abs(first[at]! - g), `${specs[index]!.name}[${at}]`).toBeLessThan(2e-5 * size + 1e-9);
    });
    graph.dispose();
  },
);

test.each(kernelSets)(
  'its loss, with a frozen embedding and %s kernels, is that of the loss graph',
  (_, own) => {
    vi.stubEnv(kernelsVariable, own);
    const graph = createTrainingGraph(shape, specs.slice(1), specs.slice(0, 1), options);
    graph.start(
      specs.slice(1).map(({ name }) => start.get(name)!),
      [start.get('wte.weight')!],
    );
    const evaluation = createLossGraph(shape, vocabSize, batchSize);
    evaluation.load(start);
    expect(graph.loss(batch)).toBeCloseTo(evaluation.meanLoss([batch]), 5);
    evaluation.dispose();
    graph.dispose();
  },
);

test.each(kernelSets)(
  'shapes and types that a recorder infers of %s kernels are those that TensorFlow gives',
  (_, own) => {
    vi.stubEnv(kernelsVariable, own);
    const kernels = nativeKernels();
    const checked = new Set<string>();
    const constants = new Map<number, readonly number[]>();
    const checking: Kernels = {
      ...kernels,
      tensor: (data, dims) => {
        const handle = kernels.tensor(data, dims);
        if (data instanceof Int32Array) constants.set(handle.id, [...data]);
        return handle;
      },
      run: (operation: string, inputs: readonly Handle[], attributes: Attributes, count?: number) => {
        const found = kernels.run(operation, inputs, attributes, count);
        const constant = (at: number): readonly number[] => constants.get(inputs[at]!.id) ?? [];
        const inferred = recordedOperations[operation]!.infer(inputs, attributes, constant);
        expect(
          inferred.map(({ shape: dims, dtype }) => ({ dims, dtype })),
          operation,
        ).toEqual(found.map(({ shape: dims, dtype }) => ({ dims, dtype })));
        checked.add(operation);
        return found;
      },
      section: (_, inputs, body) => body(checking, inputs),
    };
    byOperation(checking);
    // Our own kernels stand for several operations each.
    expect(checked.size).toBeGreaterThan(own ? 15 : 20);
  },
);

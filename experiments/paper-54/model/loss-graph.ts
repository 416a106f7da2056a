/** PhotonicGPT's loss as one TensorFlow graph, for many batches of one size and several models of one shape. */
import { assignVariable, readVariable, resourceVariable } from 'reproducible-paper/tensor/model/adam-w';
import { compileGraph } from 'reproducible-paper/tensor/model/compiled-graph';
import { createGraphRecorder } from 'reproducible-paper/tensor/model/graph-recorder';
import { crossEntropy } from 'reproducible-paper/tensor/model/operations';
import { createTape, variable } from 'reproducible-paper/tensor/model/tape';
import type { ModelShape } from './model-shape.ts';
import { type Parameters, parameterSpecs } from './parameters.ts';
import { logits, positionConstants } from './photonic-gpt.ts';

/** Tokens and the tokens that follow them, each [batch pos]. */
interface TokenBatch {
  readonly ids: Int32Array;
  readonly targets: Int32Array;
}

export interface LossGraph {
  load(parameters: Parameters): void;
  /** Mean next-token loss in nats over batches of the graph's size. */
  meanLoss(batches: readonly TokenBatch[]): number;
  dispose(): void;
}

/** @param batchSize sequences a batch */
export const createLossGraph = (shape: ModelShape, vocabSize: number, batchSize: number): LossGraph => {
  const recorder = createGraphRecorder();
  const { kernels } = recorder;
  const stored = parameterSpecs(shape, vocabSize).map(({ name, shape: dims }) => ({
    name,
    dims,
    resource: resourceVariable(kernels, name, dims),
  }));
  const constants = positionConstants(kernels, shape, shape.contextLength, batchSize);
  const inputs = stored.map(({ name, dims }) => [name, { dtype: 'float32', shape: dims }] as const);
  recorder.endpoint('load', Object.fromEntries(inputs), (given) => {
    for (const { name, resource } of stored) assignVariable(kernels, resource, given[name]!);
    return { done: kernels.tensor(Float32Array.of(1), []) };
  });
  const tokens = { dtype: 'int32', shape: [batchSize * shape.contextLength] } as const;
  recorder.endpoint('loss', { ids: tokens, targets: tokens }, ({ ids, targets }) => {
    const parameters = new Map(
      stored.map(({ name, resource }) => [name, variable(readVariable(kernels, resource), false)]),
    );
    const tape = createTape(kernels);
    const predicted = logits(tape, shape, parameters, constants, ids!, batchSize); // [batch pos, vocab]
    return { loss: crossEntropy(tape, predicted, targets!).handle };
  });
  const graph = compileGraph(recorder.finish());
  return {
    load: (parameters) => {
      graph.run('load', Object.fromEntries(parameters));
    },
    meanLoss: (batches) =>
      batches.reduce((sum, { ids, targets }) => sum + graph.run('loss', { ids, targets })['loss']![0]!, 0) /
      (batches.length * tokens.shape[0]),
    dispose: () => graph.dispose(),
  };
};

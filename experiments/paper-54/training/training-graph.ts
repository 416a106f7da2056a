/**
 * PhotonicGPT's training step as one TensorFlow graph, recorded from the same description that runs operation by
 * operation: forward pass, gradients by each operation's own rule, clipping and AdamW.
 */
import { type Handle, runOne } from 'reproducible-paper/tensor/kernels';
import {
  type AdamWOptions,
  type AdamWVariable,
  adamWVariable,
  applyAdamW,
  assignVariable,
  clipByGlobalNorm,
  readVariable,
  resourceVariable,
} from 'reproducible-paper/tensor/model/adam-w';
import { type CompiledGraph, compileGraph } from 'reproducible-paper/tensor/model/compiled-graph';
import {
  createGraphRecorder,
  type GraphInput,
  type RecordedGraph,
} from 'reproducible-paper/tensor/model/graph-recorder';
import { crossEntropy } from 'reproducible-paper/tensor/model/operations';
import { createTape, type Tape, variable } from 'reproducible-paper/tensor/model/tape';
import type { ModelShape } from '../model/model-shape.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import { logits, positionConstants } from '../model/photonic-gpt.ts';
import type { Batch } from './batches.ts';

/** What a checkpoint keeps of the trained parameters: their values, and AdamW's two moments. */
export const stateParts = ['value', 'first', 'second'] as const;
export type StatePart = (typeof stateParts)[number];

export interface TrainingGraphOptions extends AdamWOptions {
  /** Sequences a step. */
  readonly batchSize: number;
  readonly gradientClip: number;
}

export interface TrainingGraph {
  /** Values in the order of the trained parameters; their moments become zero. */
  start(values: readonly Float32Array[], frozen: readonly Float32Array[]): void;
  /** Goes on from what `read` gave, part by part. */
  resume(states: Readonly<Record<StatePart, readonly Float32Array[]>>, frozen: readonly Float32Array[]): void;
  /** @param step counts from 1 */
  step(
    batch: Batch,
    learningRate: number,
    step: number,
  ): { readonly loss: number; readonly gradientNorm: number };
  /** Mean loss of a batch, in nats a token; nothing is changed. */
  loss(batch: Batch): number;
  /** Replaces the values of the trained parameters, for a look at other ones; their moments stay. */
  setValues(values: readonly Float32Array[]): void;
  /** One number for each number of the trained parameters, in their order. */
  read(part: StatePart): readonly Float32Array[];
  dispose(): void;
}

const record = (
  shape: ModelShape,
  trained: readonly ParameterSpec[],
  frozen: readonly ParameterSpec[],
  { batchSize, gradientClip, ...adamW }: TrainingGraphOptions,
): RecordedGraph => {
  const recorder = createGraphRecorder();
  const { kernels } = recorder;
  const variables = trained.map((spec) => adamWVariable(kernels, spec.name, spec.shape));
  const fixed = frozen.map((spec) => resourceVariable(kernels, spec.name, spec.shape));
  const constants = positionConstants(kernels, shape, shape.contextLength, batchSize);
  const inputOf = (of: readonly number[]): GraphInput => ({ dtype: 'float32', shape: of });
  const tokens: GraphInput = { dtype: 'int32', shape: [batchSize * shape.contextLength] };

  /** The loss, summed over tokens, and what is trained, in order. */
  const forward = (tape: Tape, ids: Handle, targets: Handle) => {
    const read = (resource: Handle, isTrained: boolean) =>
      variable(readVariable(kernels, resource), isTrained);
    const parameters = variables.map(({ value }) => read(value, true));
    const named = new Map([
      ...trained.map(({ name }, at) => [name, parameters[at]!] as const),
      ...frozen.map(({ name }, at) => [name, read(fixed[at]!, false)] as const),
    ]);
    const predicted = logits(tape, shape, named, constants, ids, batchSize);
    return { loss: crossEntropy(tape, predicted, targets), parameters };
  };

  recorder.endpoint(
    'step',
    {
      ids: tokens,
      targets: tokens,
      learningRate: inputOf([]),
      beta1Power: inputOf([]),
      beta2Power: inputOf([]),
    },
    ({ ids, targets, ...rates }) => {
      const tape = createTape(kernels);
      const { loss, parameters } = forward(tape, ids!, targets!);
      const gradients = tape.gradients(loss, parameters);
      const { norm, clipped } = clipByGlobalNorm(
        kernels,
        gradients,
        gradientClip,
        1 / (batchSize * shape.contextLength),
      );
      const { learningRate, beta1Power, beta2Power } = rates;
      applyAdamW(
        kernels,
        variables,
        clipped,
        { learningRate: learningRate!, beta1Power: beta1Power!, beta2Power: beta2Power! },
        adamW,
      );
      return { loss: loss.handle, gradientNorm: norm };
    },
  );
  recorder.endpoint('loss', { ids: tokens, targets: tokens }, ({ ids, targets }) => ({
    loss: forward(createTape(kernels), ids!, targets!).loss.handle,
  }));

  const named = (of: (variable: AdamWVariable) => Handle, prefix: string) =>
    trained.map(({ name }, at) => [`${prefix}/${name}`, of(variables[at]!)] as const);
  const access = (name: string, resources: readonly (readonly [string, Handle])[]): void => {
    const inputs = Object.fromEntries(resources.map(([id, resource]) => [id, inputOf(resource.shape)]));
    recorder.endpoint(`load ${name}`, inputs, (given) => {
      for (const [id, resource] of resources) assignVariable(kernels, resource, given[id]!);
      return { done: kernels.tensor(Float32Array.of(1), []) };
    });
    recorder.endpoint(`read ${name}`, {}, () =>
      Object.fromEntries(resources.map(([id, resource]) => [id, readVariable(kernels, resource)])),
    );
  };
  recorder.endpoint('zero moments', {}, () => {
    for (const { value, first, second } of variables) {
      const zeros = runOne(kernels, 'ZerosLike', [readVariable(kernels, value)], { T: { type: 'float32' } });
      assignVariable(kernels, first, zeros);
      assignVariable(kernels, second, zeros);
    }
    return { done: kernels.tensor(Float32Array.of(1), []) };
  });
  for (const part of stateParts)
    access(
      part,
      named((of) => of[part], part),
    );
  if (frozen.length > 0)
    access(
      'frozen',
      frozen.map(({ name }, at) => [name, fixed[at]!] as const),
    );
  return recorder.finish();
};

/**
 * @param trained parameters that the step moves, in order
 * @param frozen the others
 * @param compile makes the recorded graph ready to run; TensorFlow's session unless given
 */
export const createTrainingGraph = (
  shape: ModelShape,
  trained: readonly ParameterSpec[],
  frozen: readonly ParameterSpec[],
  options: TrainingGraphOptions,
  compile: typeof compileGraph = compileGraph,
): TrainingGraph => {
  const graph: CompiledGraph = compile(record(shape, trained, frozen, options));
  const load = (part: string, names: readonly string[], data: readonly Float32Array[]): void => {
    graph.run(`load ${part}`, Object.fromEntries(names.map((name, at) => [name, data[at]!])));
  };
  const tokens = options.batchSize * shape.contextLength;
  const names = (part: string): readonly string[] => trained.map(({ name }) => `${part}/${name}`);
  const read = (part: StatePart): readonly Float32Array[] => {
    const found = graph.run(`read ${part}`, {});
    return names(part).map((name) => found[name]!);
  };
  const loadFrozen = (values: readonly Float32Array[]): void => {
    const of = frozen.map(({ name }) => name);
    if (of.length > 0) load('frozen', of, values);
  };
  return {
    start: (values, frozenValues) => {
      load('value', names('value'), values);
      graph.run('zero moments', {});
      loadFrozen(frozenValues);
    },
    resume: (states, frozenValues) => {
      for (const part of stateParts) load(part, names(part), states[part]);
      loadFrozen(frozenValues);
    },
    setValues: (values) => load('value', names('value'), values),
    step: ({ ids, targets }, learningRate, step) => {
      const { loss, gradientNorm } = graph.run('step', {
        ids,
        targets,
        learningRate: Float32Array.of(learningRate),
        beta1Power: Float32Array.of(options.beta1 ** step),
        beta2Power: Float32Array.of(options.beta2 ** step),
      });
      return { loss: loss![0]! / tokens, gradientNorm: gradientNorm![0]! };
    },
    loss: ({ ids, targets }) => graph.run('loss', { ids, targets })['loss']![0]! / tokens,
    read,
    dispose: () => graph.dispose(),
  };
};

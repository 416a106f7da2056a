import type { Progress } from '../../../src/engine/define-stage.ts';
import { PaperError } from '../../../src/engine/paper-error.ts';
import { createAdamW } from '../../../src/tensor/adam-w.ts';
import { type Handle, type Kernels, runOne } from '../../../src/tensor/kernels.ts';
import { crossEntropy } from '../../../src/tensor/operations.ts';
import { createTape, type Variable, variable } from '../../../src/tensor/tape.ts';
import { evaluateLoss } from '../model/evaluate-loss.ts';
import type { ModelShape } from '../model/model-shape.ts';
import { type Parameters, parameterSpecs } from '../model/parameters.ts';
import { logits, type PositionConstants, positionConstants } from '../model/photonic-gpt.ts';
import { type Batch, createBatches, stretchOf } from './batches.ts';
import { type Checkpoint, type CurvePoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { learningRateAt } from './learning-rate.ts';
import type { TrainingOptions } from './training-options.ts';

export interface TrainingTask {
  readonly kernels: Kernels;
  readonly shape: ModelShape;
  readonly vocabSize: number;
  readonly options: TrainingOptions;
  /** Token ids [pos] */
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
  readonly start: Parameters;
  /** Parameters that keep their start values. */
  readonly frozen: ReadonlySet<string>;
  /** Where checkpoints lie. */
  readonly scratch: string;
  readonly report: (progress: Progress) => void;
}

export interface TrainingResult {
  readonly parameters: Parameters;
  readonly curve: readonly CurvePoint[];
}

/** More nats than any model that predicts at all; a loss beyond it has diverged though it is still finite. */
const hopelessLossNats = 100;

/** Scales gradients so that their global norm is at most `limit`. Returns the norm before that. */
const clip = (kernels: Kernels, gradients: readonly Handle[], limit: number) => {
  const float = { T: { type: 'float32' } } as const;
  const halves = gradients.map((gradient) => runOne(kernels, 'L2Loss', [gradient], float));
  const sum = runOne(kernels, 'AddN', halves, { N: halves.length, T: { type: 'float32' } });
  const norm = Math.sqrt(2 * kernels.read(sum)[0]!);
  if (!(norm > limit)) return { norm, clipped: gradients };
  const factor = kernels.tensor(Float32Array.of(limit / norm), []);
  return { norm, clipped: gradients.map((gradient) => runOne(kernels, 'Mul', [gradient, factor], float)) };
};

const requireConvergent = (loss: number, gradientNorm: number, step: number, learningRate: number): void => {
  if (loss < hopelessLossNats && Number.isFinite(gradientNorm)) return;
  throw new PaperError('TrainingDiverged', `the training diverged at step ${step}.`, {
    details: [
      `expected a finite gradient and a loss below ${hopelessLossNats} nats; received loss ${loss}, gradient norm ${gradientNorm}`,
    ],
    hint: `lower the learning rate (${learningRate.toExponential(2)} at this step) or lengthen the warm-up.`,
  });
};

/** One step's loss and gradients, in the order of the trained parameters. */
const lossAndGradients = (
  { kernels, shape }: TrainingTask,
  parameters: ReadonlyMap<string, Variable>,
  trained: readonly Variable[],
  constants: PositionConstants,
  { ids, targets }: Batch,
) => {
  const tape = createTape(kernels);
  const batch = ids.length / shape.contextLength;
  const predicted = logits(tape, shape, parameters, constants, kernels.tensor(ids, [ids.length]), batch);
  const loss = crossEntropy(tape, predicted, kernels.tensor(targets, [targets.length]));
  return { loss: kernels.read(loss.handle)[0]!, gradients: tape.gradients(loss, trained) };
};

/**
 * Trains from a start to the last step. A checkpoint in `scratch` is gone on from, to the same bits.
 *
 * @throws TrainingDiverged with the step
 */
export const trainModel = async (task: TrainingTask): Promise<TrainingResult> => {
  const { kernels, shape, vocabSize, options, scratch } = task;
  const specs = parameterSpecs(shape, vocabSize);
  const trainedSpecs = specs.filter(({ name }) => !task.frozen.has(name));
  const constants = positionConstants(kernels, shape, shape.contextLength);
  const batchOf = createBatches(task.train, shape.contextLength, options.batchSize, options.seed);
  const stretch = stretchOf(task.heldOut, shape.contextLength, options.evaluateWindows, options.batchSize);
  const startOf = (name: string): Float32Array => {
    const data = task.start.get(name);
    if (!data) throw new Error(`internal: no start values for parameter ${name}`);
    return data;
  };
  const resumed: Checkpoint = readCheckpoint(scratch, trainedSpecs) ?? {
    step: 0,
    curve: [],
    parameters: trainedSpecs.map(({ name }) => {
      const value = startOf(name);
      return { value, first: new Float32Array(value.length), second: new Float32Array(value.length) };
    }),
  };
  const optimizer = createAdamW(
    kernels,
    resumed.parameters.map((state, index) => ({ ...state, shape: trainedSpecs[index]!.shape })),
    options,
  );
  const frozenHandles = specs
    .filter(({ name }) => task.frozen.has(name))
    .map(({ name, shape: dims }) => [name, kernels.tensor(startOf(name), dims)] as const);
  const handles = (): ReadonlyMap<string, Handle> => {
    const current = optimizer.read();
    return new Map([
      ...frozenHandles,
      ...trainedSpecs.map(({ name }, index) => [name, current[index]!] as const),
    ]);
  };
  const curve = [...resumed.curve];
  const startMs = performance.now();
  for (let step = resumed.step + 1; step <= options.steps; step += 1) {
    const learningRate = learningRateAt(step, options);
    const { loss, norm } = kernels.scope(() => {
      const parameters = new Map(
        [...handles()].map(([name, handle]) => [name, variable(handle, !task.frozen.has(name))]),
      );
      const trained = trainedSpecs.map(({ name }) => parameters.get(name)!);
      const found = lossAndGradients(task, parameters, trained, constants, batchOf(step));
      const { norm, clipped } = clip(kernels, found.gradients, options.gradientClip);
      requireConvergent(found.loss, norm, step, learningRate);
      optimizer.apply(clipped, learningRate, step);
      return { loss: found.loss, norm };
    });
    const evaluated = step % options.evaluateEvery === 0 || step === options.steps;
    curve.push({
      step,
      trainLossNats: loss,
      ...(evaluated
        ? {
            heldOutLossNats: kernels.scope(() => evaluateLoss(kernels, shape, handles(), constants, stretch)),
          }
        : {}),
      learningRate,
      gradientNorm: norm,
    });
    if (step % options.checkpointEvery === 0 && step < options.steps) {
      writeCheckpoint(scratch, trainedSpecs, { step, parameters: optimizer.state(), curve });
    }
    const tokens = (step - resumed.step) * options.batchSize * shape.contextLength;
    const rate = tokens / ((performance.now() - startMs) / 1000);
    task.report({
      done: step,
      total: options.steps,
      figures: { loss: loss.toFixed(3), 'tokens/s': rate.toFixed(0) },
    });
    // Lets messages out and a cancellation in: kernels block this thread.
    await new Promise(setImmediate);
  }
  const trainedValues = optimizer.state();
  optimizer.dispose();
  kernels.dispose([...frozenHandles.map(([, handle]) => handle), ...Object.values(constants)]);
  return {
    parameters: new Map([
      ...specs.map(({ name }) => [name, startOf(name)] as const),
      ...trainedSpecs.map(({ name }, index) => [name, trainedValues[index]!.value] as const),
    ]),
    curve,
  };
};

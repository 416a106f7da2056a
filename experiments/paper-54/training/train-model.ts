import { decodeHalves, encodeHalves } from 'reproducible-paper/numerics/half-precision';
import { PaperError, type Progress } from 'reproducible-paper/stage';
import type { ModelShape } from '../model/model-shape.ts';
import { type Parameters, parameterSpecs } from '../model/parameters.ts';
import type { TokenReader } from '../tokenizer/token-reader.ts';
import { type Batch, createBatches, stretchOf } from './batches.ts';
import { type BestSoFar, type CheckpointedRun, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { learningRateAt } from './learning-rate.ts';
import type { CurvePoint } from './run-curve.ts';
import { createTrainingGraph, type TrainingGraph } from './training-graph.ts';
import type { TrainingOptions } from './training-options.ts';

export interface TrainingTask {
  readonly shape: ModelShape;
  readonly vocabSize: number;
  readonly options: TrainingOptions;
  /** Token ids [pos] */
  readonly train: TokenReader;
  readonly heldOut: TokenReader;
  readonly start: Parameters;
  /** Parameters that keep their start values. */
  readonly frozen: ReadonlySet<string>;
  /** Where checkpoints lie. */
  readonly scratch: string;
  readonly report: (progress: Progress) => void;
  /** Sees each step's point of the curve and, when it asks, the trained parameters after the step. */
  readonly observe?: (point: CurvePoint, trained: () => Parameters) => void;
  /** What computes a step; TensorFlow's graph unless given. */
  readonly createGraph?: typeof createTrainingGraph;
}

/** Weights as they are stored, and their losses in nats a token on the final windows. */
export interface FinishedWeights {
  readonly step: number;
  /** The trained parameters alone. */
  readonly parameters: Parameters;
  readonly heldOutLossNats: number;
  readonly trainLossNats: number;
}

export interface TrainingResult {
  /** At the lowest held-out loss of the curve. */
  readonly best: FinishedWeights;
  /** After the last step. */
  readonly last: FinishedWeights;
  readonly curve: readonly CurvePoint[];
  /** Windows that the final losses are of. */
  readonly finalWindows: TrainingOptions['finalWindows'];
}

/** More nats than any model that predicts at all; a loss beyond it has diverged though it is still finite. */
const hopelessLossNats = 100;

const requireConvergent = (loss: number, gradientNorm: number, step: number, learningRate: number): void => {
  if (loss < hopelessLossNats && Number.isFinite(gradientNorm)) return;
  throw new PaperError('TrainingDiverged', `the training diverged at step ${step}.`, {
    details: [
      `expected a finite gradient and a loss below ${hopelessLossNats} nats; received loss ${loss}, gradient norm ${gradientNorm}`,
    ],
    hint: `lower the learning rate (${learningRate.toExponential(2)} at this step) or lengthen the warm-up.`,
  });
};

/** The first windows of a text in whole batches: a graph is of one size. @throws TextTooShort */
const wholeBatches = (
  name: string,
  tokens: TokenReader,
  { contextLength }: ModelShape,
  windows: number,
  batchSize: number,
): readonly Batch[] => {
  const size = batchSize * contextLength;
  const batches = stretchOf(tokens, contextLength, Math.max(windows, batchSize), batchSize).filter(
    ({ ids }) => ids.length === size,
  );
  if (batches.length > 0) return batches;
  throw new PaperError('TextTooShort', `the ${name} text does not fill one batch.`, {
    details: [`expected at least ${size + 1} tokens; received ${tokens.length}`],
    hint: 'give a longer corpus, or lower the batch size or the context length.',
  });
};

const meanLoss = (graph: TrainingGraph, batches: readonly Batch[]): number =>
  batches.reduce((sum, batch) => sum + graph.loss(batch), 0) / batches.length;

/** Numbers as a file of that precision gives them back. */
const asStored = (values: Float32Array, precision: TrainingOptions['precision']): Float32Array =>
  precision === 'F32' ? values : decodeHalves(encodeHalves(values));

const isExhausted = (
  curve: readonly CurvePoint[],
  best: BestSoFar | undefined,
  patience: number | null,
): boolean =>
  patience !== null &&
  curve.filter(({ step, heldOutLossNats }) => heldOutLossNats !== undefined && step > (best?.step ?? 0))
    .length >= patience;

/**
 * Trains from a start to the last step, or until the held-out loss has not fallen for so long. A checkpoint in
 * `scratch` is gone on from, to the same bits.
 *
 * @throws TrainingDiverged with the step; TextTooShort
 */
export const trainModel = async (task: TrainingTask): Promise<TrainingResult> => {
  const { shape, options, scratch } = task;
  const { batchSize, precision, patience } = options;
  const specs = parameterSpecs(shape, task.vocabSize);
  const trained = specs.filter(({ name }) => !task.frozen.has(name));
  const frozen = specs.filter(({ name }) => task.frozen.has(name));
  const startOf = ({ name }: { readonly name: string }): Float32Array => {
    const data = task.start.get(name);
    if (!data) throw new Error(`internal: no start values for parameter ${name}`);
    return data;
  };
  const named = (values: readonly Float32Array[]): Parameters =>
    new Map(trained.map(({ name }, index) => [name, values[index]!]));
  const batchOf = createBatches(task.train, shape.contextLength, batchSize, options.seed);
  const batchesOf = (name: string, tokens: TokenReader, windows: number): readonly Batch[] =>
    wholeBatches(name, tokens, shape, windows, batchSize);
  const stretch = batchesOf('held-out', task.heldOut, options.evaluateWindows);
  const finals = {
    heldOut: batchesOf('held-out', task.heldOut, options.finalWindows.heldOut),
    train: batchesOf('training', task.train, options.finalWindows.train),
  };

  const graph = (task.createGraph ?? createTrainingGraph)(shape, trained, frozen, options);
  try {
    const checkpoint = readCheckpoint(scratch, trained);
    if (checkpoint) graph.resume(checkpoint.state, frozen.map(startOf));
    else graph.start(trained.map(startOf), frozen.map(startOf));
    // What the graph holds now need not be held twice.
    const resumed: CheckpointedRun = checkpoint?.run ?? { step: 0, curve: [], best: undefined };
    const curve = [...resumed.curve];
    let { best } = resumed;
    let step = resumed.step;
    const startMs = performance.now();
    while (step < options.steps && !isExhausted(curve, best, patience)) {
      step += 1;
      const learningRate = learningRateAt(step, options);
      const { loss, gradientNorm } = graph.step(batchOf(step), learningRate, step);
      requireConvergent(loss, gradientNorm, step, learningRate);
      const isEvaluated = step % options.evaluateEvery === 0 || step === options.steps;
      const heldOutLossNats = isEvaluated ? meanLoss(graph, stretch) : undefined;
      if (heldOutLossNats !== undefined && !(heldOutLossNats >= (best?.heldOutLossNats ?? Infinity))) {
        best = { step, heldOutLossNats, values: graph.read('value') };
      }
      const point = {
        step,
        trainLossNats: loss,
        ...(heldOutLossNats === undefined ? {} : { heldOutLossNats }),
        learningRate,
        gradientNorm,
      };
      curve.push(point);
      if (step % options.checkpointEvery === 0 && step < options.steps) {
        writeCheckpoint(scratch, trained, { step, curve, best }, graph.read);
      }
      task.observe?.(point, () => named(graph.read('value')));
      const tokens = (step - resumed.step) * batchSize * shape.contextLength;
      const rate = tokens / ((performance.now() - startMs) / 1000);
      task.report({
        done: step,
        total: options.steps,
        figures: { loss: loss.toFixed(3), 'tokens/s': rate.toFixed(0) },
      });
      // Lets messages out and a cancellation in: a step blocks this thread.
      await new Promise(setImmediate);
    }
    const finish = (at: number, values: readonly Float32Array[]): FinishedWeights => {
      const stored = values.map((data) => asStored(data, precision));
      graph.setValues(stored);
      return {
        step: at,
        parameters: named(stored),
        heldOutLossNats: meanLoss(graph, finals.heldOut),
        trainLossNats: meanLoss(graph, finals.train),
      };
    };
    const last = finish(step, graph.read('value'));
    return {
      best: !best || best.step === step ? last : finish(best.step, best.values),
      last,
      curve,
      finalWindows: {
        heldOut: finals.heldOut.length * batchSize,
        train: finals.train.length * batchSize,
      },
    };
  } finally {
    graph.dispose();
  }
};

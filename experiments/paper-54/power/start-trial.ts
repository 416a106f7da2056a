/** One model from a planted start, trained, and what T6 says of it after some of its steps. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { statistics } from '../forms/null-summary.ts';
import { pooledEffect, pooledP } from '../forms/pooled-statistic.ts';
import type { Parameters } from '../model/parameters.ts';
import type { TokenReader } from '../tokenizer/token-reader.ts';
import { trainModel } from '../training/train-model.ts';
import { createTrainingGraph, type TrainingGraph } from '../training/training-graph.ts';
import { Killed, untilKilled } from '../training/training-marks.ts';
import type { TrainingOptions } from '../training/training-options.ts';
import { plantedStart, type StartProblem, startStatistics } from './planted-start.ts';

/** Of one statistic after one step, in the order in which they are kept. */
export const startFigures = ['value', 'effect', 'p'] as const;

export interface StartTrial {
  /** [steps, statistics, figures] */
  readonly figures: Float64Array;
  /** Of the step's own batch, in nats a token; NaN before the first [steps] */
  readonly losses: Float64Array;
}

/** A training graph for models of one size, which is compiled once: each of them begins it anew. */
export const sharedGraph = () => {
  let made: TrainingGraph | undefined;
  const createGraph: typeof createTrainingGraph = (...of) => {
    made ??= createTrainingGraph(...of);
    return { ...made, dispose: () => undefined };
  };
  return { createGraph, dispose: () => made?.dispose() };
};

interface Training {
  readonly options: Omit<TrainingOptions, 'seed'>;
  readonly train: TokenReader;
  readonly heldOut: TokenReader;
  /** An empty folder. */
  readonly scratch: string;
  /** Of its own unless given. */
  readonly createGraph?: typeof createTrainingGraph;
}

interface TrialOptions {
  /** Of the draw that the model starts from, of the order of its text, and of its null's turns. */
  readonly seed: number;
  readonly alpha: number;
  /** After which it is tested, ascending; 0: before the first. */
  readonly steps: readonly number[];
  /** Of the null. */
  readonly draws: number;
}

export const startTrial = async (
  problem: StartProblem,
  { options, ...data }: Training,
  { seed, alpha, steps, draws }: TrialOptions,
  la: LinearAlgebra,
): Promise<StartTrial> => {
  const figures: number[] = [];
  const losses: number[] = [];
  const look = (loss: number, parameters: Parameters): void => {
    losses.push(loss);
    startStatistics(problem, parameters, { seed, draws }, la).forEach((of, at) => {
      const statistic = statistics[at]!;
      figures.push(of[0]!, pooledEffect(statistic, of), pooledP(statistic, of));
    });
  };
  const start = plantedStart(problem, seed, alpha, la);
  if (steps.includes(0)) look(Number.NaN, start);
  const last = steps.at(-1)!;
  const { shape, vocabSize } = problem;
  if (last > 0) {
    await untilKilled(
      trainModel({
        ...data,
        shape,
        vocabSize,
        // A trial that is stopped begins anew: looks that were taken are not in a checkpoint.
        options: { ...options, seed, checkpointEvery: options.steps },
        start,
        frozen: new Set(),
        report: () => undefined,
        observe: ({ step, trainLossNats }, trained) => {
          if (steps.includes(step)) look(trainLossNats, trained());
          if (step === last) throw new Killed();
        },
      }),
    );
  }
  return { figures: Float64Array.from(figures), losses: Float64Array.from(losses) };
};

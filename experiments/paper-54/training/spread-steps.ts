/** The step itself, at the run's own size, from states that are made up, at places spread over the whole run. */
import { createHash } from 'node:crypto';
import type { WitnessMark } from 'reproducible-paper/stage';
import { type ParameterSpec, parameterSpecs, sizeOf } from '../model/parameters.ts';
import { createBatches } from './batches.ts';
import { learningRateAt } from './learning-rate.ts';
import type { TrainingTask } from './train-model.ts';
import { createTrainingGraph } from './training-graph.ts';

/** The first step, one within warm-up and its last, others at shares of what follows, and the last. */
const placesOf = ({ steps, warmupSteps }: TrainingTask['options']): readonly number[] => {
  const after = steps - warmupSteps;
  const places = [
    1,
    Math.ceil(warmupSteps / 2),
    warmupSteps,
    ...[0.2, 0.4, 0.6, 0.8].map((share) => warmupSteps + Math.round(share * after)),
    steps,
  ];
  return [...new Set(places.filter((step) => step >= 1 && step <= steps))].sort((a, b) => a - b);
};

/** Numbers in [-1, 1) that repeat after a million, filled fast: ten million of them three times over. */
const pattern = (() => {
  const period = 2 ** 20 - 3;
  const numbers = new Float32Array(period);
  let state = 12_345;
  for (let at = 0; at < period; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    numbers[at] = state / 2 ** 31;
  }
  return (place: number): number => numbers[place % period]!;
})();

const madeUp = (
  specs: readonly ParameterSpec[],
  of: (x: number) => number,
  shift: number,
): readonly Float32Array[] =>
  specs.map(({ shape }, index) =>
    Float32Array.from({ length: sizeOf(shape) }, (_, at) => of(pattern(at + index * 7919 + shift))),
  );

const isMatrix = ({ shape }: ParameterSpec): boolean => shape.length === 2;

/** Sums over parameters of what a step changed: of squares, of those of vectors, and along the pattern. */
const changeOf = (
  specs: readonly ParameterSpec[],
  before: readonly Float32Array[],
  after: readonly Float32Array[],
) => {
  let squares = 0;
  let ofVectors = 0;
  let along = 0;
  specs.forEach((spec, index) => {
    const [a, b] = [before[index]!, after[index]!];
    let sum = 0;
    for (let at = 0; at < a.length; at += 1) {
      const change = b[at]! - a[at]!;
      sum += change * change;
      along += change * pattern(at + index);
    }
    squares += sum;
    if (!isMatrix(spec)) ofVectors += sum;
  });
  return { squares, ofVectors, along };
};

const digestOfAll = (arrays: readonly Float32Array[]): string => {
  const hash = createHash('sha256');
  for (const data of arrays) hash.update(data);
  return hash.digest('hex').slice(0, 16);
};

/** @returns a mark a step; every number but the loss is a logarithm or a ratio, so that one tolerance serves all */
export const spreadSteps = (task: TrainingTask): readonly WitnessMark[] => {
  const { shape, options } = task;
  const specs = parameterSpecs(shape, task.vocabSize);
  const trained = specs.filter(({ name }) => !task.frozen.has(name));
  const frozen = specs.filter(({ name }) => task.frozen.has(name)).map(({ name }) => task.start.get(name)!);
  const batchOf = createBatches(task.train, shape.contextLength, options.batchSize, options.seed);
  const start = trained.map(({ name }) => task.start.get(name)!);
  const moved = madeUp(trained, (x) => 0.01 * x, 0);
  const value = start.map((data, index) => data.map((x, at) => x + moved[index]![at]!));
  const state = {
    value,
    first: madeUp(trained, (x) => 1e-3 * x, 11),
    second: madeUp(trained, (x) => 1e-6 * (1.1 + x), 23),
  };
  const graph = createTrainingGraph(
    shape,
    trained,
    specs.filter(({ name }) => task.frozen.has(name)),
    options,
  );
  try {
    return placesOf(options).map((step): WitnessMark => {
      graph.resume(state, frozen);
      const { loss, gradientNorm } = graph.step(batchOf(step), learningRateAt(step, options), step);
      const after = graph.read('value');
      const { squares, ofVectors, along } = changeOf(trained, value, after);
      return {
        at: `step ${step}`,
        numbers: {
          'spread-loss': loss,
          'spread-log-gradient-norm': Math.log(gradientNorm),
          'spread-log-update': Math.log(squares) / 2,
          'spread-log-update-of-vectors': Math.log(ofVectors) / 2,
          // A sum over all numbers, in the update's own size: any part that moves otherwise moves it.
          'spread-update-along-pattern': along / Math.sqrt(squares),
        },
        digests: {
          value: digestOfAll(after),
          first: digestOfAll(graph.read('first')),
          second: digestOfAll(graph.read('second')),
        },
      };
    });
  } finally {
    graph.dispose();
  }
};

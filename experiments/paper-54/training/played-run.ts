/**
 * Every step of a run, played without its arithmetic: the loop hands batches, rates and weights to a session that takes
 * their digests and answers with losses made up from a seed. So an edit of the schedule, the order of the data, what a
 * step is fed, the stopping rule, checkpoints, or of what is chosen, rounded and written at the end shows at any step,
 * on any machine.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { PaperError, sha256, sha256OfFile, type WitnessMark } from 'reproducible-paper/stage';
import type { CompiledGraph } from 'reproducible-paper/tensor/model/compiled-graph';
import { modelShape } from '../model/model-shape.ts';
import { randomParameters, sizeOf } from '../model/parameters.ts';
import type { TrainingTask } from './train-model.ts';
import { trainModel } from './train-model.ts';
import { createTrainingGraph } from './training-graph.ts';
import { Killed, untilKilled } from './training-marks.ts';
import type { TrainRunParams } from './training-task.ts';
import { writeRun } from './write-run.ts';

/** Steps whose digests are put together in one mark. */
const stepsAMark = 100;

/** A held-out loss for each step, as a share of the run that is done: what the loop decides by. */
const curves = {
  'a loss that falls to the end': (done: number) => 6 - done,
  'a loss that rises after a third': (done: number) => 6 + Math.abs(done - 0.34),
  'a loss that stays': () => 6,
  'a loss without a trend': (_: number, random: number) => 5 + random,
} as const;

interface Played {
  readonly createGraph: typeof createTrainingGraph;
  /** Digest of all that was handed over since the last call. */
  readonly take: () => string;
}

/** A training graph whose session does no arithmetic: its values are the number of the step that they are of. */
const playedGraph = (heldOut: (step: number) => number, trainLoss: (step: number) => number): Played => {
  let hash = createHash('sha256');
  const note = (...said: readonly (string | number | NodeJS.ArrayBufferView)[]): void => {
    for (const part of said) hash.update(typeof part === 'number' ? `${part};` : part);
  };
  return {
    take: () => {
      const digest = hash.digest('hex').slice(0, 16);
      hash = createHash('sha256');
      return digest;
    },
    createGraph: (shape, trained, frozen, options) => {
      note(JSON.stringify([shape, trained, frozen, options]));
      let at = 0;
      const session: CompiledGraph = {
        run: (endpoint, feeds) => {
          note(endpoint);
          for (const [name, data] of Object.entries(feeds)) note(name, data);
          // Sums over a batch's tokens, as the real session gives them.
          const summed = (nats: number) => Float32Array.of(nats * (feeds['ids']?.length ?? 0));
          if (endpoint === 'step') {
            return { loss: summed(trainLoss(at)), gradientNorm: Float32Array.of(1 + (at % 13) / 8) };
          }
          if (endpoint === 'loss') return { loss: summed(heldOut(at)) };
          const [, part] = /^read (\w+)$/.exec(endpoint) ?? [];
          if (part === undefined) return {};
          // Not a number that half precision holds, so that its rounding shows.
          const fill = (dims: readonly number[], index: number) =>
            new Float32Array(sizeOf(dims)).fill((at + index / 7 + part.length) / 999);
          return Object.fromEntries(
            trained.map(({ name, shape: dims }, index) => [`${part}/${name}`, fill(dims, index)]),
          );
        },
        dispose: () => note('dispose'),
      };
      const graph = createTrainingGraph(shape, trained, frozen, options, () => session);
      return {
        ...graph,
        step: (batch, learningRate, step) => {
          at = step;
          note('step', step);
          return graph.step(batch, learningRate, step);
        },
      };
    },
  };
};

/** The model is small, since no arithmetic is done; steps, data and options are the run's own. */
const smallShape = (task: TrainingTask) =>
  modelShape.parse({ nLayers: 1, dModel: 4, nHeads: 1, contextLength: task.shape.contextLength });

const playOne = async (
  params: TrainRunParams,
  task: TrainingTask,
  name: string,
  played: Played,
  { kills = [], marksSteps = false }: { readonly kills?: readonly number[]; readonly marksSteps?: boolean },
): Promise<WitnessMark[]> => {
  const shape = smallShape(task);
  const scratch = join(task.scratch, name.replaceAll(' ', '-'));
  mkdirSync(scratch, { recursive: true });
  const marks: WitnessMark[] = [];
  const mark = (at: string, exact: Readonly<Record<string, string>>): void => {
    marks.push({ at: `${name}: ${at}`, numbers: {}, digests: {}, exact });
  };
  const train = (kill: number) =>
    trainModel({
      ...task,
      shape,
      start: randomParameters(shape, task.vocabSize, task.options.seed, 'played'),
      scratch,
      report: () => undefined,
      createGraph: played.createGraph,
      observe: ({ step }) => {
        if (marksSteps && step % stepsAMark === 0) mark(`to step ${step}`, { handed: played.take() });
        if (step === kill) throw new Killed();
      },
    });
  for (const kill of kills) {
    await untilKilled(train(kill));
    mark(`killed after step ${kill}`, { handed: played.take() });
  }
  try {
    const result = await train(Number.POSITIVE_INFINITY);
    const outputs = { weights: join(scratch, 'weights'), curve: join(scratch, 'curve') };
    // Twelve digits: a cosine's last ones are the machine's.
    const curve = result.curve.map((point) => ({
      ...point,
      learningRate: Number(point.learningRate.toPrecision(12)),
    }));
    writeRun(outputs, { ...params, shape }, task.vocabSize, { ...result, curve });
    mark('the end', {
      handed: played.take(),
      'best step': String(result.best.step),
      'last step': String(result.last.step),
      'final windows': JSON.stringify(result.finalWindows),
      'weights file': sha256OfFile(outputs.weights).slice(0, 16),
      'curve file': sha256OfFile(outputs.curve).slice(0, 16),
    });
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    mark('the end', {
      error: `${error.name} ${sha256([error.message, ...error.details].join('\n')).slice(0, 16)}`,
    });
  }
  return marks;
};

/** @returns a mark every so many steps, and one of each end */
export const playRun = async (
  params: TrainRunParams,
  task: TrainingTask,
): Promise<readonly WitnessMark[]> => {
  const { steps, seed } = task.options;
  const marks: WitnessMark[] = [];
  const random = seededRandom(seed, 'played');
  const noise = Float64Array.from({ length: steps + 1 }, () => random.uniform());
  const trainLoss = (step: number): number => 4 + noise[step]!;
  for (const [name, curve] of Object.entries(curves)) {
    const played = playedGraph((step) => curve(step / steps, noise[step]!), trainLoss);
    const marksSteps = name === 'a loss that falls to the end';
    marks.push(...(await playOne(params, task, name, played, { marksSteps })));
  }
  // Every other evaluation is a new best, so that patience does not end the run, and a checkpoint's best is not its last.
  const { evaluateEvery, checkpointEvery } = task.options;
  const uneven = (step: number): number => 6 - step / steps + (Math.ceil(step / evaluateEvery) % 2);
  // A step after each checkpoint, so that every one is gone on from.
  const kills = Array.from(
    { length: Math.ceil(steps / checkpointEvery) - 1 },
    (_, index) => (index + 1) * checkpointEvery + (checkpointEvery > 1 ? 1 : 0),
  ).filter((kill) => kill < steps);
  marks.push(
    ...(await playOne(params, task, 'a run that is killed', playedGraph(uneven, trainLoss), { kills })),
  );
  const diverging = (step: number): number => (step > steps * 0.7 ? 101 : trainLoss(step));
  const diverged = playedGraph(uneven, diverging);
  marks.push(...(await playOne(params, task, 'a run that diverges', diverged, {})));
  return marks;
};

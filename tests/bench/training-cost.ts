/**
 * What a training step costs as the model grows in depth, width and vocabulary, beside what its floating-point
 * operations would let one expect, and how its memory grows with the tokens of a step.
 */
import type { Bench, BenchRow } from './bench-row.ts';
import { median } from './paired-runs.ts';
import { paperSize, startOurTraining, type TrainingSize } from './training-size.ts';

const stepsARun = 2;
const runs = 5;

/** Multiplications and additions of a step: each weight twice forward and four times backward, and attention. */
const operationsOf = ({ layers, width, vocabulary, length, batch }: TrainingSize): number => {
  const weights = layers * 12 * width ** 2 + vocabulary * width;
  const attention = layers * 2 * width * length;
  return 6 * batch * length * (weights + attention);
};

const measure = async (size: TrainingSize) => {
  const process = startOurTraining();
  try {
    const durations: number[] = [];
    let peakMemoryBytes = 0;
    for (let run = 0; run < runs; run += 1) {
      const answer = await process.ask('steps', { size, steps: stepsARun });
      durations.push(answer.milliseconds / stepsARun);
      peakMemoryBytes = answer.peakMemoryBytes ?? Number.NaN;
    }
    return { milliseconds: median(durations), peakMemoryBytes };
  } finally {
    await process.end();
  }
};

const variants: Readonly<Record<string, Partial<TrainingSize>>> = {
  'depth-4': { layers: 4 },
  'depth-16': { layers: 16 },
  'width-128': { width: 128 },
  'width-512': { width: 512 },
  'vocabulary-4096': { vocabulary: 4096 },
  'vocabulary-30000': { vocabulary: 30_000 },
};

/** Largest peak memory of a step of the paper's size. */
const memoryLimitBytes = 1.3 * 2 ** 30;
const mebibytes = (bytes: number): number => bytes / 2 ** 20;

export const trainingCostBench: Bench = async () => {
  const paper = await measure(paperSize);
  const rows: BenchRow[] = [
    {
      id: 'training-step-memory',
      value: mebibytes(paper.peakMemoryBytes),
      unit: 'MiB',
      peer: 'promised',
      peerValue: mebibytes(memoryLimitBytes),
      ratio: paper.peakMemoryBytes / memoryLimitBytes,
      runs: 1,
    },
  ];
  for (const batch of [8, 16]) {
    const { peakMemoryBytes } = await measure({ ...paperSize, batch });
    const tokens = batch * paperSize.length;
    const inProportion = paper.peakMemoryBytes * (batch / paperSize.batch);
    rows.push({
      id: `training-step-memory-${tokens}-tokens`,
      value: mebibytes(peakMemoryBytes),
      unit: 'MiB',
      peer: 'in proportion to the tokens of a step',
      peerValue: mebibytes(inProportion),
      ratio: peakMemoryBytes / inProportion,
      runs: 1,
    });
  }
  const tokensASecond = ({ batch, length }: TrainingSize, milliseconds: number): number =>
    (batch * length * 1000) / milliseconds;
  for (const [name, change] of Object.entries(variants)) {
    const size = { ...paperSize, ...change };
    const { milliseconds } = await measure(size);
    const expected = paper.milliseconds * (operationsOf(size) / operationsOf(paperSize));
    rows.push({
      id: `training-cost-${name}`,
      value: tokensASecond(size, milliseconds),
      unit: 'tokens/s',
      peer: "the paper size's rate, in proportion to floating-point operations",
      peerValue: tokensASecond(size, expected),
      // Of durations, so that more than 1 is dearer than expected; small models pay for their small operations.
      ratio: milliseconds / expected,
      runs,
      atMost: 2,
    });
  }
  return rows;
};

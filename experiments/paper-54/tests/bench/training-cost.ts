/**
 * What a training step costs: of three sizes, and as the model grows in depth, width and vocabulary, beside what its
 * floating-point operations would let one expect; and how its memory grows with the tokens of a step.
 */
import type { Bench, BenchRow } from '../../../../tests/bench/bench-row.ts';
import { type CostPoint, drawTrainingCost } from '../../../../tests/bench/draw-training-cost.ts';
import { median } from '../../../../tests/bench/paired-runs.ts';
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

/** What grows, and through which sizes; the paper's own is measured once. */
const growth = {
  depth: { field: 'layers', through: [4, paperSize.layers, 16] },
  width: { field: 'width', through: [128, paperSize.width, 512] },
  vocabulary: { field: 'vocabulary', through: [4096, paperSize.vocabulary, 30_000] },
} as const;

/** Sizes that a reader may plan with, beside the paper's: the quick profile's, and one of 46 million parameters. */
const otherSizes: Readonly<Record<string, TrainingSize>> = {
  quick: { layers: 4, width: 128, heads: 4, vocabulary: 4096, length: 128, batch: 8 },
  large: { ...paperSize, layers: 12, width: 512 },
};

/** Duration over what operations let one expect; small models pay for their small operations. */
const dearest = 2;

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
  const expectedOf = (size: TrainingSize): number =>
    paper.milliseconds * (operationsOf(size) / operationsOf(paperSize));
  for (const [name, size] of Object.entries({ paper: paperSize, ...otherSizes })) {
    const { milliseconds, peakMemoryBytes } = size === paperSize ? paper : await measure(size);
    rows.push({
      id: `training-size-${name}`,
      value: milliseconds,
      unit: 'ms',
      peer: "the paper size's step, in proportion to floating-point operations",
      peerValue: expectedOf(size),
      ratio: milliseconds / expectedOf(size),
      runs,
      atMost: dearest,
      note: `${tokensASecond(size, milliseconds).toFixed(0)} tokens/s, at most ${mebibytes(peakMemoryBytes).toFixed(0)} MiB`,
    });
  }
  const points: CostPoint[] = [];
  for (const [axis, { field, through }] of Object.entries(growth)) {
    for (const value of through) {
      const size = { ...paperSize, [field]: value };
      const isPaper = value === paperSize[field];
      const { milliseconds } = isPaper ? paper : await measure(size);
      const [measured, expected] = [tokensASecond(size, milliseconds), tokensASecond(size, expectedOf(size))];
      points.push({ axis, value, measured, expected });
      if (isPaper) continue;
      rows.push({
        id: `training-cost-${axis}-${value}`,
        value: measured,
        unit: 'tokens/s',
        peer: "the paper size's rate, in proportion to floating-point operations",
        peerValue: expected,
        // Of durations, so that more than 1 is dearer than expected.
        ratio: milliseconds / expectedOf(size),
        runs,
        atMost: dearest,
      });
    }
  }
  await drawTrainingCost(points, 'docs/training-cost.svg');
  return rows;
};

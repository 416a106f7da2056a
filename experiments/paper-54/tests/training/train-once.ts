/** Trains a tiny model in this process and prints each step, then the digest of every parameter. */
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sha256 } from 'reproducible-paper/stage';
import { modelShape } from '../../model/model-shape.ts';
import { randomParameters } from '../../model/parameters.ts';
import { trainModel } from '../../training/train-model.ts';
import { trainingOptions } from '../../training/training-options.ts';

const shape = modelShape.parse({ nLayers: 2, dModel: 16, nHeads: 2, contextLength: 16 });
const vocabSize = 64;
const random = seededRandom(8, 'text');
const text = (length: number): Int32Array => Int32Array.from({ length }, () => random.integer(vocabSize));

const {
  last: { parameters },
} = await trainModel({
  shape,
  vocabSize,
  options: trainingOptions.parse({
    steps: 200,
    batchSize: 4,
    learningRate: 0.01,
    warmupSteps: 10,
    checkpointEvery: 20,
    finalWindows: { heldOut: 4, train: 4 },
  }),
  train: text(4000),
  heldOut: text(400),
  start: randomParameters(shape, vocabSize, 1, 'v1'),
  frozen: new Set(),
  scratch: process.argv[2] ?? '',
  report: ({ done }) => console.log(`step ${done}`),
});
const digests = [...parameters].map(([name, data]) => `${name} ${sha256(new Uint8Array(data.buffer))}`);
console.log(`digest ${sha256(digests.join('\n'))}`);

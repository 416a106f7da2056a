/** Our side of the training bench: one line of JSON a task, one line an answer. */
import { createInterface } from 'node:readline';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { parameterSpecs, randomParameters } from '../../model/parameters.ts';
import { createTrainingGraph, type TrainingGraph } from '../../training/training-graph.ts';
import type { TrainingSize } from './training-size.ts';

const graphOf = async ({ layers, width, heads, vocabulary, length, batch }: TrainingSize) => {
  const shape = { nLayers: layers, dModel: width, nHeads: heads, contextLength: length, ropeBase: 10_000 };
  const specs = parameterSpecs(shape, vocabulary);
  const options = { batchSize: batch, gradientClip: 1, beta1: 0.9, beta2: 0.95, weightDecay: 0.1 };
  const graph = createTrainingGraph(shape, specs, [], options);
  const start = randomParameters(shape, vocabulary, 1, 'bench');
  graph.start(
    specs.map(({ name }) => start.get(name)!),
    [],
  );
  return graph;
};

let graph: TrainingGraph | undefined;
let done = 0;

for await (const line of createInterface({ input: process.stdin })) {
  const { size, steps } = JSON.parse(line) as { size: TrainingSize; steps: number };
  const random = seededRandom(1, 'bench');
  const tokens = (): Int32Array =>
    Int32Array.from({ length: size.batch * size.length }, () => random.integer(size.vocabulary));
  const batch = { ids: tokens(), targets: tokens() };
  const step = (of: TrainingGraph): number => {
    done += 1;
    return of.step(batch, 1e-3, done).loss;
  };
  if (!graph) {
    graph = await graphOf(size);
    for (let warm = 0; warm < 3; warm += 1) step(graph);
  }
  const startMs = performance.now();
  let loss = 0;
  for (let run = 0; run < steps; run += 1) loss = step(graph);
  const milliseconds = performance.now() - startMs;
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ milliseconds, told: `loss ${loss.toFixed(3)}`, peakMemoryBytes }));
}

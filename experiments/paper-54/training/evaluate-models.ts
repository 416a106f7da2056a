/** Mean losses of whole models on the text on which a training evaluated its finished weights. */
import type { Progress } from 'reproducible-paper/stage';
import { z } from 'zod';
import { createLossGraph } from '../model/loss-graph.ts';
import type { ModelShape } from '../model/model-shape.ts';
import type { Parameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { stretchOf } from './batches.ts';
import type { RunCurve } from './run-curve.ts';

export const losses = z.object({
  /** Nats a token. */
  heldOutLossNats: z.number(),
  trainLossNats: z.number(),
});
export type Losses = z.output<typeof losses>;

/** Windows that a forward pass takes at once: the most that leave none over. */
export const windowsAtOnce = (...counts: readonly number[]): number =>
  [8, 4, 2].find((size) => counts.every((count) => count % size === 0)) ?? 1;

/**
 * @param tokens path of the token ids
 * @param windows as many as the training recorded
 * @param models name -> its parameters, read when it is its turn
 * @throws BackendMissing where TensorFlow's native library does not load
 */
export const evaluateModels = (
  tokens: string,
  shape: ModelShape,
  windows: RunCurve['finalWindows'],
  models: Readonly<Record<string, (vocabSize: number) => Parameters>>,
  report: (progress: Progress) => void,
): Readonly<Record<string, Losses>> => {
  const { vocabSize, part } = openTokens(tokens);
  const batchSize = windowsAtOnce(windows.heldOut, windows.train);
  const stretch = (name: 'heldOut' | 'train') =>
    stretchOf(part(name), shape.contextLength, windows[name], batchSize);
  const [heldOut, train] = [stretch('heldOut'), stretch('train')];
  const graph = createLossGraph(shape, vocabSize, batchSize);
  const found: Record<string, Losses> = {};
  for (const [name, parametersOf] of Object.entries(models)) {
    graph.load(parametersOf(vocabSize));
    found[name] = { heldOutLossNats: graph.meanLoss(heldOut), trainLossNats: graph.meanLoss(train) };
    report({ done: Object.keys(found).length, total: Object.keys(models).length });
  }
  graph.dispose();
  return found;
};

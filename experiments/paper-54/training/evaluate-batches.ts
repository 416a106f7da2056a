/** A model's loss on each batch of the text on which its training evaluated it. */
import type { Safetensors } from 'reproducible-paper/numerics/safetensors';
import type { Progress } from 'reproducible-paper/stage';
import { createLossGraph } from '../model/loss-graph.ts';
import type { ModelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { stretchOf } from './batches.ts';
import { windowsAtOnce } from './evaluate-models.ts';
import type { RunCurve } from './run-curve.ts';

/** Mean nats a token of each batch, in the order of the text; batches are of one size. */
export interface BatchLosses {
  readonly heldOutLossNats: readonly number[];
  readonly trainLossNats: readonly number[];
}

interface EvaluatedModel {
  /** Path of the token ids. */
  readonly tokens: string;
  readonly shape: ModelShape;
  /** As many as the training evaluated. */
  readonly windows: RunCurve['finalWindows'];
  readonly weights: Safetensors;
}

/**
 * @param most batches of each text, from its first; all of them unless given
 * @throws BackendMissing where TensorFlow's native library does not load
 */
export const evaluateBatches = (
  { tokens, shape, windows, weights }: EvaluatedModel,
  report: (progress: Progress) => void,
  most = Number.POSITIVE_INFINITY,
): BatchLosses => {
  const { vocabSize, part } = openTokens(tokens);
  const batchSize = windowsAtOnce(windows.heldOut, windows.train);
  const stretch = (name: 'heldOut' | 'train') =>
    stretchOf(part(name), shape.contextLength, Math.min(windows[name], most * batchSize), batchSize);
  const [heldOut, train] = [stretch('heldOut'), stretch('train')];
  const graph = createLossGraph(shape, vocabSize, batchSize);
  graph.load(readParameters(weights, shape, vocabSize));
  let done = 0;
  const lossOf = (batch: (typeof heldOut)[number]): number => {
    const loss = graph.meanLoss([batch]);
    done += 1;
    report({ done, total: heldOut.length + train.length });
    return loss;
  };
  const found = { heldOutLossNats: heldOut.map(lossOf), trainLossNats: train.map(lossOf) };
  graph.dispose();
  return found;
};

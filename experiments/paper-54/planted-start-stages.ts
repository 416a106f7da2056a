/**
 * Small models from planted starts, at each strength, and what T6 finds of them through their training: part of the
 * pipeline's table of contents.
 */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { countPairs } from './cooccurrence/count-pairs.ts';
import type { Kept } from './kept.ts';
import { plantedStartTrials } from './power/planted-start-trials.ts';
import { plantedStarts } from './power/planted-starts.ts';
import { encodeCorpus } from './tokenizer/encode-corpus.ts';
import { trainBpe } from './tokenizer/train-bpe.ts';

export const plantedStartStages = (
  { counts: countOptions, inference: { level, frequencyBins }, plantedStarts: trialled }: Config,
  corpus: Stage<{ readonly documents: string }>,
  kept: Kept,
  threads: number,
) => {
  const { tokenizer: options, ...trials } = trialled;
  const tokenizer = stage('small-tokenizer', trainBpe, { inputs: { corpus }, params: options });
  const tokens = stage('small-tokens', encodeCorpus, { inputs: { corpus, tokenizer } });
  const counts = stage('small-counts', countPairs, { inputs: { tokens }, params: countOptions });
  const shared = { inputs: { tokens, counts }, params: { ...trials, frequencyBins } };
  return stage('planted-starts', plantedStarts, {
    inputs: {
      ...shared.inputs,
      trials: stage('planted-start-trials', plantedStartTrials, {
        ...shared,
        threads,
        ...kept(['trials'], 35),
      }),
    },
    params: { ...shared.params, level },
    threads,
  });
};

/** A small model learns a source of tokens: every stage in data order. */
import { type Pipeline, replicate, stage } from 'reproducible-paper/stage';
import { evaluate } from './evaluate.ts';
import { train } from './train.ts';

const config = {
  seeds: [1, 2, 3],
  source: { vocabSize: 24, persistence: 0.7 },
  training: {
    width: 16,
    steps: 400,
    batchSize: 256,
    learningRate: 1,
    evaluateEvery: 40,
    checkpointEvery: 100,
  },
  testTokens: 4_000,
};

export const profiles = ['whole'];
export const defaultProfile = 'whole';

export const pipeline = (): Pipeline => {
  const { seeds, source, training, testTokens } = config;
  const trained = replicate('train', seeds, (name, seed) =>
    stage(name, train, { params: { source, ...training, seed } }),
  );
  const trainedFrom = new Map(trained.replicates.map((run) => [run.seed, run.stage]));
  return {
    paper: 'new-paper',
    // What a build trains differs from machine to machine: its verdicts bind no other one.
    locked: false,
    results: [
      trained,
      replicate('evaluate', seeds, (name, seed) =>
        stage(name, evaluate, {
          inputs: { trained: trainedFrom.get(seed)! },
          params: { source, tokens: testTokens },
        }),
      ),
    ],
    files: {},
  };
};

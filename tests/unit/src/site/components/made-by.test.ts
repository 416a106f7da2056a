import { expect, test } from 'vitest';
import { madeBy } from '../../../../../src/site/components/made-by.ts';

const stage = (...inputs: readonly string[]) => ({
  key: 'k',
  definition: { file: 'experiments/a/b.ts', line: 1 },
  files: 1,
  inputs,
  durationMs: 1,
  processor: 'P',
  published: null,
});

test('what made a table is told nearest first, and each stage once', () => {
  const stages = {
    corpus: stage(),
    tokens: stage('corpus'),
    trained: stage('tokens'),
    other: stage('corpus'),
    table: stage('trained', 'tokens'),
  };
  expect(madeBy(stages, ['table']).map(({ name }) => name)).toEqual(['table', 'trained', 'tokens', 'corpus']);
  expect(madeBy(stages, ['gone'])).toEqual([]);
});

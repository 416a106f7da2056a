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
  expect(madeBy({ stages }, ['table'], 'sizes').map(({ name }) => name)).toEqual([
    'table',
    'trained',
    'tokens',
    'corpus',
  ]);
  expect(madeBy({ stages }, ['gone'], 'sizes')).toEqual([]);
});

test('the stage that gives a result leads to the one line that names it, where there is one', () => {
  const stages = { first: stage(), table: stage('first') };
  const lineFor = (...lines: readonly string[]) => {
    const code = { 'experiments/a/b.ts': { text: lines.join('\n'), digest: '', stages: 2 } };
    return madeBy({ stages, code }, ['table'], 'sizes').map(({ definition: { line } }) => line);
  };
  expect(lineFor('defineStage({', '  id: "sizes",')).toEqual([2, 1]);
  expect(lineFor('defineStage({', "  read('sizes');", "  id: 'sizes',")).toEqual([3, 1]);
  expect(lineFor('defineStage({', "  read('sizes');", "  write('sizes');")).toEqual([1, 1]);
  expect(lineFor('defineStage({', "  id: 'sizes-in-all',")).toEqual([1, 1]);
});

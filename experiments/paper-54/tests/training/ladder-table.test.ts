import { expect, test } from 'vitest';
import type { EvaluatedRun } from '../../training/evaluate-trained.ts';
import { ladderResults } from '../../training/ladder-table.ts';
import type { RecordedLosses } from '../../training/record-losses.ts';

const losses = (heldOutLossNats: number) => ({ heldOutLossNats, trainLossNats: heldOutLossNats - 1 });
const computed = new Map(
  Object.entries({ unigram: losses(6), 'random-init': losses(9), 'ct-sft': losses(4.5), v1: losses(4.25) }),
);
const recordOf = (run: string, seed: number, best: number): RecordedLosses[number] => ({
  run,
  seed,
  best: { step: 100 * seed, ...losses(best) },
  last: { step: 500, ...losses(best + 0.5) },
});
const one = [recordOf('v1', 1, 4.26), recordOf('ct-sft', 1, 4.5)];
const two = [...one, recordOf('v1', 2, 4.36), recordOf('ct-sft', 2, 4.7)];

const untrained = [1, 2].map((seed) => ({
  seed,
  losses: { 'random-init': losses(8 + seed), 'ct-literal': losses(8), 'ct-init': losses(7) },
}));

const rowsOf = (trained: RecordedLosses, evaluation: EvaluatedRun['evaluation'] = 'computed') => {
  const [table, ...values] = ladderResults(
    computed,
    new Set(['unigram']),
    { trained, untrained },
    evaluation,
  );
  if (table?.kind !== 'table') throw new Error('the ladder is a table');
  const rows = (seed: number) =>
    table.rows ?? table.replicates?.find((replicate) => replicate.seed === seed)?.rows ?? [];
  const row = (method: string, seed = 1) => rows(seed).find((row) => row['method'] === method);
  return { table, values, row };
};

test('one seed: what the build computed, and the steps and last losses that the training recorded', () => {
  const { table, values, row } = rowsOf(one);
  expect(row('v1')).toEqual({
    method: 'v1',
    loss: 4.25,
    perplexity: Math.exp(4.25),
    'train-loss': 3.25,
    'best-step': 100,
    'last-loss': 4.76,
    'last-step': 500,
  });
  expect(row('unigram')).toMatchObject({ loss: 6, 'best-step': null, 'last-loss': null });
  expect(table.replicates).toBeUndefined();
  expect(values).toMatchObject([{ id: 'perplexity-gap', value: Math.exp(0.25) - 1 }]);
});

test('two seeds: of the first what the build computed, of the second what was recorded', () => {
  const { values, row } = rowsOf(two);
  expect(row('v1')).toMatchObject({ loss: 4.25, 'best-step': 100 });
  expect(row('v1', 2)).toMatchObject({ loss: 4.36, 'best-step': 200 });
  // A baseline is the same for every seed; an untrained model has its own.
  expect([1, 2].map((seed) => row('unigram', seed)?.['loss'])).toEqual([6, 6]);
  expect([1, 2].map((seed) => row('random-init', seed)?.['loss'])).toEqual([9, 10]);
  expect(values).toMatchObject([
    {
      id: 'perplexity-gap',
      replicates: [
        { seed: 1, value: Math.exp(0.25) - 1 },
        { seed: 2, value: Math.exp(4.7 - 4.36) - 1 },
      ],
    },
  ]);
});

test('losses that this build did not compute are told from those that it did', () => {
  expect(rowsOf(one).table.run).toBe('all');
  expect(rowsOf(one, 'recorded').table.run).toBe('all, as the trainings recorded: this build runs no model');
});

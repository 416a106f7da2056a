import { expect, test } from 'vitest';
import { type Selected, selectAmong } from '../../../../src/cli/select-published.ts';
import { errorText } from '../../../error-text.ts';

const all = ['ct-embeddings', 'train-v1.seed-1', 'train-v1.seed-2', 'train-v1-long.seed-1'].map(
  (name) => ({ stage: { name } }) as Selected,
);
const names = (...args: Parameters<typeof selectAmong> extends [unknown, ...infer Rest] ? Rest : never) =>
  selectAmong(all, ...args).map(({ stage }) => stage.name);

test('runs are named whole, by their start, by run and by seed; in data order, each once', () => {
  expect(names([], {})).toHaveLength(4);
  expect(names(['train-v1.seed-2', 'ct-embeddings'], {})).toEqual(['ct-embeddings', 'train-v1.seed-2']);
  expect(names(['train-v1', 'train-v1.seed-1'], {})).toEqual(['train-v1.seed-1', 'train-v1.seed-2']);
  expect(names([], { run: 'v1', seed: '2' })).toEqual(['train-v1.seed-2']);
  expect(names([], { seed: '1' })).toEqual(['train-v1.seed-1', 'train-v1-long.seed-1']);
});

test('a run that is not published is refused with the nearest one', () => {
  expect(errorText(() => names([], { run: 'v1', seed: '3' }))).toBe(
    [
      "UnknownStage: no published stage of this profile is named 'train-v1.seed-3'.",
      '  expected one of ct-embeddings, train-v1.seed-1, train-v1.seed-2, train-v1-long.seed-1',
      "  hint: did you mean 'train-v1.seed-1'?",
    ].join('\n'),
  );
  expect(errorText(() => names(['ct-embedding'], {}))).toContain("hint: did you mean 'ct-embeddings'?");
});

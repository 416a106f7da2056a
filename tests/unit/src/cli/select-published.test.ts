import { expect, test } from 'vitest';
import type { PaperStage } from '../../../../src/cli/load-stages.ts';
import { selectAmong } from '../../../../src/cli/select-published.ts';
import { errorText } from '../../../error-text.ts';

const all = ['ct-embeddings', 'train-v1.seed-1', 'train-v1.seed-2', 'train-v1-long.seed-1'].map(
  (name) => ({ stage: { name }, pipeline: { paper: 'first' } }) as PaperStage,
);
const names = (...words: readonly string[]) => selectAmong(all, words).map(({ stage }) => stage.name);

test('runs are named whole or by their start; in data order, each once', () => {
  expect(names()).toHaveLength(4);
  expect(names('train-v1.seed-2', 'ct-embeddings')).toEqual(['ct-embeddings', 'train-v1.seed-2']);
  expect(names('train-v1', 'train-v1.seed-1')).toEqual(['train-v1.seed-1', 'train-v1.seed-2']);
});

test('a run that is not published is refused with the nearest one', () => {
  expect(errorText(() => names('train-v1.seed-3'))).toBe(
    [
      "UnknownStage: no published stage of this profile is named 'train-v1.seed-3'.",
      '  expected one of ct-embeddings, train-v1.seed-1, train-v1.seed-2, train-v1-long.seed-1',
      "  hint: did you mean 'train-v1.seed-1'?",
    ].join('\n'),
  );
  expect(errorText(() => names('ct-embedding'))).toContain("hint: did you mean 'ct-embeddings'?");
});

test('of two papers that have a stage of one name, one has to be named', () => {
  const both = ['first', 'second'].map(
    (id) => ({ stage: { name: 'fit' }, pipeline: { paper: id } }) as PaperStage,
  );
  expect(errorText(() => selectAmong(both, ['fit']))).toBe(
    [
      "AmbiguousStage: first and second have a stage 'fit' each.",
      '  expected the name of one paper',
      '  hint: name it: `--paper first`.',
    ].join('\n'),
  );
});

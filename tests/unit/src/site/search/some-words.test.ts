import { expect, test } from 'vitest';
import { mergeFound, tellingWords } from '../../../../../src/site/search/some-words.ts';

test('a question is its telling words, without signs at their ends', () => {
  expect(tellingWords('Why does V grow with (depth)?')).toEqual(['V', 'grow', 'depth']);
  expect(tellingWords('K2T mean-abs K2T ?')).toEqual(['K2T', 'mean-abs']);
  expect(tellingWords('what is it?')).toEqual([]);
});

const found = (id: string, score = 1) => ({ id, score });

test('what has the rarest words and most of them comes first, and what has only a common one not at all', () => {
  const common = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => found(id));
  const rare = [found('b'), found('a', 2)];
  expect(mergeFound([common, rare, [found('a')]]).map(({ id }) => id)).toEqual(['a']);
  expect(mergeFound([common, rare]).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(mergeFound([[], []])).toEqual([]);
});

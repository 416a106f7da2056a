import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { sparseTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { afterAll, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { countPairs } from '../../cooccurrence/count-pairs.ts';
import { openCounts } from '../../cooccurrence/open-counts.ts';
import { readCounts } from '../../cooccurrence/read-counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const count = (train: readonly number[], topTokens: number) => {
  const [tokens, counts] = [join(folder, 'tokens.safetensors'), join(folder, 'counts.safetensors')];
  writeSafetensors(tokens, { train: vectorTensor('I32', Int32Array.from(train)) }, { vocabSize: '6' });
  void countPairs.run({
    params: countPairs.params.parse({ topTokens }),
    inputs: { tokens: { tokens } },
    outputs: { counts },
    scratch: folder,
    report: () => undefined,
  });
  return readCounts(counts);
};

test('the top tokens are the most frequent, ties by id, and their pairs are counted by place', () => {
  const { top, unigram, topK2, topK3Skip, topWindow } = count([5, 1, 5, 2, 1, 5], 2);
  expect([...top]).toEqual([5, 1]);
  expect([...unigram]).toEqual([0, 2, 1, 0, 0, 3]);
  const entries = (m: typeof topK2) => {
    const { rows, cols, values } = sparseTriplets(m);
    return [...rows].map((row, at) => [row, cols[at], values[at]]);
  };
  // 5 1, 1 5, (5 2, 2 1 leave the vocabulary), 1 5.
  expect(entries(topK2)).toEqual([
    [0, 1, 1],
    [1, 0, 2],
  ]);
  // 5 . 5 by 1; 5 . 1 by 2: the token between may be outside the vocabulary.
  expect(entries(topK3Skip)).toEqual([
    [0, 0, 1],
    [0, 1, 1],
  ]);
  // 5 1 at distances 1, 2 and 4: 1 + 1/2 + 1/4.
  expect(entries(topWindow).find(([row, col]) => row === 0 && col === 1)?.[2]).toBeCloseTo(1.75, 12);
});

test('a text of one token has no pairs, and says so', () => {
  expect(errorText(() => count([3], 2))).toBe(
    [
      'TooFewTokens: the training part holds too few tokens to count pairs.',
      '  expected at least 2; received 1',
      '  hint: give a longer corpus.',
    ].join('\n'),
  );
});

test('counts that are left in their file are those that are read whole', () => {
  const whole = count([5, 1, 5, 2, 1, 5], 3);
  const { topPairs, ...read } = openCounts(join(folder, 'counts.safetensors'));
  expect(whole).toMatchObject(read);
  expect([topPairs('k2'), topPairs('k3-skip'), topPairs('window')]).toEqual([
    whole.topK2,
    whole.topK3Skip,
    whole.topWindow,
  ]);
});

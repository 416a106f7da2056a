import { fromRows, identity, matrix } from 'reproducible-paper/numerics/matrix';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { bestAssignment } from '../../analyses/best-assignment.ts';

const permutations = (items: readonly number[]): number[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      );

test('no permutation has a larger sum', () => {
  for (const n of [1, 2, 3, 5, 6]) {
    const gains = matrix(n, n, seededRandom(n, 'assignment').normals(n * n));
    const sum = (columns: readonly number[]) =>
      columns.reduce((total, column, row) => total + gains.data[row * n + column]!, 0);
    const best = Math.max(...permutations([...Array(n).keys()]).map(sum));
    const found = bestAssignment(gains);
    expect(sum(found), `${n} rows`).toBeCloseTo(best, 12);
    expect([...found].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  }
});

test('what is greedy by rows is not best', () => {
  expect(
    bestAssignment(
      fromRows([
        [10, 9],
        [9, 0],
      ]),
    ),
  ).toEqual([1, 0]);
});

test('more than can be matched exactly are refused', () => {
  expect(errorText(() => bestAssignment(identity(17)))).toBe(
    [
      'TooManyToMatch: so many rows and columns cannot be matched exactly here.',
      '  expected at most 16; received 17',
      '  hint: match fewer heads, or put an algorithm in its place that takes a cube of steps.',
    ].join('\n'),
  );
});

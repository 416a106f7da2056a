import { expect, test } from 'vitest';
import { gaussianTriples } from '../../controls/gaussian-triples.ts';

test('draws depend on their seed and shape alone', () => {
  const first = (...of: Parameters<typeof gaussianTriples>): number =>
    gaussianTriples(...of).next().value?.q.data[0] ?? Number.NaN;
  expect(first(8, 2, 5, 1)).toBe(first(8, 4, 99, 1));
  expect(first(8, 2, 5, 2)).not.toBe(first(8, 2, 5, 1));
});

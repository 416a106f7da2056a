import { expect, test } from 'vitest';
import { mergeReplicates } from '../../../../src/results/merge-replicates.ts';
import type { Result, Row } from '../../../../src/results/result-schema.ts';
import { errorText } from '../../../error-text.ts';
import { normsTable } from './norms-table.ts';

const file = (seed: number, ...results: readonly Result[]) => ({ seed, results });
const norms = (rows: readonly Row[]) => normsTable(rows);
const row = { matrix: 'Q', layer: 0, size: 1 };
const gap = { kind: 'value' as const, id: 'gap', unit: '1', replicates: [{ seed: null, value: 1 }] };
const hint =
  '  hint: an analysis gives the same results, rows and columns for every run of one shape: see its stage.';

test('what each seed wrote becomes one result with a replicate a seed', () => {
  const merged = mergeReplicates('sizes', [
    file(3, norms([row]), gap),
    file(5, norms([{ ...row, size: 2 }]), gap),
  ]);
  expect(merged).toEqual([
    {
      ...norms([]),
      replicates: [
        { seed: 3, rows: [row] },
        { seed: 5, rows: [{ ...row, size: 2 }] },
      ],
    },
    {
      ...gap,
      replicates: [
        { seed: 3, value: 1 },
        { seed: 5, value: 1 },
      ],
    },
  ]);
});

test.each([
  ['a result that one seed lacks', [norms([row]), gap], [gap], "seed 2 has no table 'norms'."],
  [
    'a result that one seed alone has',
    [gap],
    [gap, norms([row])],
    "of 'sizes' only seed 2 has a table 'norms'.",
  ],
  ['other rows', [norms([row])], [norms([{ ...row, layer: 1 }])], "table 'norms' has other rows for seed 2."],
  [
    'other columns',
    [norms([row])],
    [{ ...norms([row]), columns: [{ id: 'matrix', unit: null }] }],
    "table 'norms' is another one for seed 2.",
  ],
  [
    'replicates of its own',
    [norms([row])],
    [normsTable({ 1: [row], 2: [row] })],
    "table 'norms' has replicates of its own for seed 2.",
  ],
])('%s is told with the seed', (_, first, second, message) => {
  const text = errorText(() => mergeReplicates('sizes', [file(1, ...first), file(2, ...second)]));
  expect(text.split('\n')[0]).toBe(`SeedsDisagree: ${message}`);
  expect(text.split('\n').at(-1)).toBe(hint);
});

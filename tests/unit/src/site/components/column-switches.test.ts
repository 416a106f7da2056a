import { expect, test } from 'vitest';
import { columnSwitches } from '../../../../../src/site/components/column-switches.ts';
import { type ColumnKind, mostColumns } from '../../../../../src/site/components/full-table-layout.ts';

const columnsOf = (counts: Partial<Record<ColumnKind, number>>) =>
  Object.entries(counts).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, at) => ({
      kind: kind as ColumnKind,
      isFurther: kind === 'figure' && at + (counts.key ?? 0) >= mostColumns,
      null: null,
    })),
  );
const onIn = (counts: Partial<Record<ColumnKind, number>>): readonly (readonly [string, boolean])[] =>
  columnSwitches(columnsOf(counts), 'seeds').map(({ kind, on }) => [kind, on]);

test('what stands beside figures is there at first as far as it fits, the original before the null', () => {
  expect(onIn({ key: 1, figure: 3, interval: 3, reported: 3, seed: 9 })).toEqual([
    ['interval', true],
    ['reported', true],
    ['seed', false],
  ]);
  expect(onIn({ key: 1, figure: 4, interval: 4, reported: 3, null: 4 })).toEqual([
    ['interval', true],
    ['reported', true],
    ['null', false],
  ]);
  expect(onIn({ key: 1, figure: 8, interval: 4, reported: 3, null: 4 })).toEqual([
    ['interval', false],
    ['reported', true],
    ['null', false],
  ]);
  expect(onIn({ key: 1, figure: 18, reported: 3 })).toEqual([
    ['reported', false],
    ['further', false],
  ]);
});

test('what is folded away says of how many columns it is', () => {
  const labels = columnSwitches(columnsOf({ key: 2, figure: 14, interval: 5, seed: 9 }), 'seeds');
  expect(labels.map(({ label }) => label)).toEqual([
    'interval (5)',
    'each of the seeds (9)',
    'further columns (4)',
  ]);
});

test('a null that stands in heads takes no room', () => {
  const shared = { kind: 'null', printed: null, text: '0 to 1', isNumber: true, figures: [] } as const;
  const columns = columnsOf({ key: 1, figure: 8 }).map((column) => ({ ...column, null: shared }));
  expect(columnSwitches(columns, 'seeds')).toEqual([{ kind: 'null', label: 'null', on: true }]);
});

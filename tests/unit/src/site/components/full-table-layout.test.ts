import { expect, test } from 'vitest';
import { deriveValues } from '../../../../../src/results/derive-values.ts';
import type { PaperData } from '../../../../../src/results/paper-data.ts';
import { fullTableOf } from '../../../../../src/site/components/full-table-layout.ts';
import { normsTable, shownAs } from '../../results/norms-table.ts';

/** A table of one row a null, each from zero to `high`. */
const fullOf = (highs: readonly number[]) => {
  const table = normsTable(
    highs.map((high, layer) => ({
      matrix: 'Q',
      layer,
      size: { value: layer, null: { low: -1, high, mean: 2, sd: 1 } },
    })),
  );
  const presentation = shownAs(table, {});
  const keyed = { ...table, key: 'k', stages: ['norms'], reported: null, presentation };
  const values = Object.fromEntries(deriveValues(table, presentation));
  return fullTableOf({ tables: { norms: keyed }, values } as unknown as PaperData, keyed);
};

test('a null that all rows share stands once, at the head of its column', () => {
  const { columns, rows } = fullOf([4, 4]);
  expect(columns.map(({ kind }) => kind)).toEqual(['key', 'key', 'figure']);
  expect(columns[2]?.null).toMatchObject({
    kind: 'null',
    figures: [0, 1].flatMap((layer) =>
      ['low', 'high'].map((end) => `norms.q-layer-${layer}.size-null-${end}`),
    ),
  });
  expect(rows.map(({ cells }) => cells.length)).toEqual([3, 3]);
});

test('a null that differs by row, and that of a single row, have a column', () => {
  for (const highs of [[4, 5], [4]]) {
    const { columns } = fullOf(highs);
    expect(columns.map(({ kind }) => kind)).toEqual(['key', 'key', 'figure', 'null']);
    expect(columns.every((column) => column.null === null)).toBe(true);
  }
});

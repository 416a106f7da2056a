import { expect, test } from 'vitest';
import { seedRowsOf } from '../../../../src/components/seed-layout.ts';
import { tableRowsOf } from '../../../../src/components/table-layout.ts';
import { deriveValues } from '../../../../src/results/derive-values.ts';
import type { PaperData } from '../../../../src/results/paper-data.ts';
import type { Table } from '../../../../src/results/result-schema.ts';
import { tableAcrossSeeds } from '../../../../src/results/seed-columns.ts';

const tableOf = (sizes: readonly number[]): Table => ({
  kind: 'table',
  id: 'norms',
  run: 'v1',
  columns: [
    { id: 'layer', label: 'layer', unit: null, format: { style: 'count' } },
    { id: 'size', label: 'size', unit: '1', format: { style: 'fixed', digits: 2 } },
    { id: 'width', label: 'width', unit: '1', format: { style: 'fixed', digits: 2 } },
  ],
  rows: sizes.map((size, layer) => ({ layer, size, width: 7 })),
  nullModel: null,
});

const dataOf = (table: Table) => {
  const keyed = { ...table, key: 'k', reported: null };
  const values = Object.fromEntries(
    [...deriveValues(table)].map(([id, value]) => [id, { ...value, key: 'k' }]),
  );
  return { keyed, data: { tables: { norms: keyed }, values } as unknown as PaperData };
};

test('a cell with a spread over seeds names it, and the seeds are no columns of the table', () => {
  const { data, keyed } = dataOf(
    tableAcrossSeeds([
      [1, tableOf([1, 2])],
      [2, tableOf([3, 2])],
    ]),
  );
  const rows = tableRowsOf(data, keyed);
  expect(rows.map(({ cells }) => cells.map(({ seeds }) => seeds))).toEqual([
    [null, 'norms.layer-0.size', null],
    [null, null, null],
  ]);
});

test("each seed's own figures are listed row by row, of the columns that differ", () => {
  const { data, keyed } = dataOf(
    tableAcrossSeeds([
      [1, tableOf([1, 2])],
      [2, tableOf([3, 2])],
    ]),
  );
  expect(
    seedRowsOf(data, keyed).map(({ keys, seed, figures }) => [
      keys[0]?.cell,
      seed,
      figures.map(({ id }) => id && data.values[id]?.value),
    ]),
  ).toEqual([
    [0, 1, [1]],
    [0, 2, [3]],
    [1, 1, [2]],
    [1, 2, [2]],
  ]);
});

test('with one seed there is nothing to list', () => {
  const { data, keyed } = dataOf(tableOf([1, 2]));
  expect(seedRowsOf(data, keyed)).toEqual([]);
  expect(tableRowsOf(data, keyed)[0]?.cells[1]?.seeds).toBeNull();
});

import { expect, test } from 'vitest';
import { deriveValues } from '../../../../../src/results/derive-values.ts';
import type { PaperData } from '../../../../../src/results/paper-data.ts';
import type { Row, Table } from '../../../../../src/results/result-schema.ts';
import { tableRowsOf } from '../../../../../src/site/components/table-layout.ts';
import { normsTable, shownAs } from '../../results/norms-table.ts';

const rowsOf = (sizes: readonly number[]): readonly Row[] =>
  sizes.map((size, layer) => ({ matrix: 'Q', layer, size }));
const repeated = normsTable({ 1: rowsOf([1, 2]), 2: rowsOf([3, 2]) });

const dataOf = (table: Table, headline: 'mean' | 'first' = 'mean') => {
  const presentation = shownAs(table, { headline });
  const keyed = { ...table, key: 'k', stages: ['norms'], reported: null, presentation };
  const values = Object.fromEntries(deriveValues(table, presentation));
  return { keyed, data: { tables: { norms: keyed }, values } as unknown as PaperData };
};

const sizeCells = (table: Table, headline?: 'mean' | 'first') => {
  const { data, keyed } = dataOf(table, headline);
  return tableRowsOf(data, keyed).map(({ cells }) => cells[2]!);
};

test('a cell prints the mean over replicates with half its interval, under its own name', () => {
  const [varying, same] = sizeCells(repeated);
  expect(varying?.computed).toMatchObject([{ id: 'norms.q-layer-0.size.seeds.mean', value: 2 }]);
  expect(varying?.spread).toMatchObject({
    mean: null,
    halfWidth: { id: 'norms.q-layer-0.size.seeds.half-width' },
  });
  expect(same?.computed).toMatchObject([{ id: 'norms.q-layer-1.size', value: 2 }]);
  expect(same?.spread).toBeNull();
});

test('where the first replicate leads, its figure is printed and the mean stands below', () => {
  const [varying] = sizeCells(repeated, 'first');
  expect(varying?.computed).toMatchObject([{ id: 'norms.q-layer-0.size.seed-1', value: 1 }]);
  expect(varying?.spread?.mean).toMatchObject({ value: 2 });
});

test('with one replicate there is nothing beside a figure', () => {
  const { data, keyed } = dataOf(normsTable(rowsOf([1, 2])));
  expect(tableRowsOf(data, keyed)[0]?.cells[2]?.spread).toBeNull();
});
